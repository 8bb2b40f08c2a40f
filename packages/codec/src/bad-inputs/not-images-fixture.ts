import { randomBytes } from '../strip/pictures-fixture.ts';
import { refused, unsupported, type BadInput } from './bad-input-fixture.ts';

const text = (content: string) => (): Uint8Array => Buffer.from(content, 'latin1');

const JP2 = '\0\0\0\x0cjP  \r\n\x87\n';

const LAUGHS = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const NESTED_USES = Array.from(
  { length: 8 },
  (_, i) => `<g id="g${i + 1}">${`<use href="#g${i}"/>`.repeat(10)}</g>`,
).join('');
const SVG = 'xmlns="http://www.w3.org/2000/svg" width="100" height="100"';

/** Files that are no image of an accepted format, whatever they are called. */
export const NOT_IMAGES: readonly BadInput[] = [
  unsupported(11, 'empty file', text('')),
  unsupported(11, 'one byte', text('\xff')),
  unsupported(12, 'HTML', text('<!doctype html><script>alert(1)</script>')),
  unsupported(12, 'ZIP', text('PK\x03\x04\x14\0\0\0\0\0')),
  unsupported(12, 'ELF', text('\x7fELF\x02\x01\x01\0')),
  unsupported(12, 'PDF', text('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')),
  unsupported(12, 'EPS', text('%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n')),
  unsupported(12, 'MVG', text("push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'ephemeral:/etc/passwd'\n")),
  {
    ...refused(12, 'JP2 of nothing but its signature', 'CORRUPT_RASTER', text(JP2)),
    decoderCode: 'UNSUPPORTED_FORMAT',
  },
  unsupported(12, 'random bytes', () => Uint8Array.from({ length: 4096 }, randomBytes(7))),
  unsupported(13, 'PPM 60000 × 60000', text('P6\n60000 60000\n255\n')),
  unsupported(13, 'XBM', text('#define x_width 8\n#define x_height 1\nstatic char x_bits[] = {0xff};\n')),
  unsupported(
    14,
    'SVG billion laughs',
    text(`<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">${LAUGHS}]><svg ${SVG}><text>&l9;</text></svg>`),
  ),
  unsupported(
    15,
    'SVG of 10^8 nested uses',
    text(`<svg ${SVG}><rect id="g0" width="1" height="1"/>${NESTED_USES}</svg>`),
  ),
  unsupported(16, 'SVG with a local file', text(`<svg ${SVG}><image href="file:///etc/passwd"/></svg>`)),
  unsupported(
    16,
    'SVG with a link-local address and a script',
    text(`<svg ${SVG}><script>alert(1)</script><image href="http://169.254.169.254/latest"/></svg>`),
  ),
];
