import { sharp } from '../sharp.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { rawInput } from '../strip/raw-input.ts';
import { accepted, refused, type BadInput } from './bad-input-fixture.ts';

const photo = () => {
  const raster = makePicture(320, 240, 3, 'smooth');
  return sharp(raster.data, rawInput(raster));
};

/** A gray picture of one colour. */
const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#345678' }, limitInputPixels: false });

/** A header that announces a picture and ends there. */
function headerOnly(width: number, height: number): Uint8Array {
  const frame = Buffer.from('ffd8ffc0001108000000000301220002110103110100', 'hex');
  frame.writeUInt16BE(height, 7);
  frame.writeUInt16BE(width, 9);
  return frame;
}

/** A progressive picture of 49 megapixels whose last scan comes again and again: each is a pass over all blocks. */
async function scanBomb(scans: number): Promise<Uint8Array> {
  const file = await flat(7000, 7000).jpeg({ progressive: true }).toBuffer();
  const last = file.lastIndexOf(Buffer.of(0xff, 0xda));
  const scan = file.subarray(last, -2);
  return Buffer.concat([file.subarray(0, last), ...Array.from({ length: scans }, () => scan), file.subarray(-2)]);
}

async function withTail(tail: string): Promise<Uint8Array> {
  return Buffer.concat([await photo().jpeg().toBuffer(), Buffer.from(tail, 'latin1')]);
}

/** A photo that tells where it was taken, stored on its side. */
const withPlace = () =>
  photo()
    .withExif({
      IFD0: { Make: 'Camera', Artist: 'Somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 30/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** JPEGs that ask for too much, broken ones, and odd ones that are fine. */
export const JPEG_INPUTS: readonly BadInput[] = [
  refused(25, 'JPEG cut off at 60 %', 'TRUNCATED_IMAGE', async () => {
    const file = await photo().jpeg().toBuffer();
    return file.subarray(0, Math.floor(file.length * 0.6));
  }),
  refused(26, 'JPEG of nothing but its first marker', 'TRUNCATED_IMAGE', () => Uint8Array.of(0xff, 0xd8)),
  refused(27, 'JPEG header of 65500 × 65500', 'TOO_MANY_PIXELS', () => headerOnly(65_500, 65_500)),
  accepted(28, 'progressive JPEG of 49 megapixels', () => flat(7000, 7000).jpeg({ progressive: true }).toBuffer()),
  refused(28, 'progressive JPEG of 256 megapixels', 'INTERLACED_TOO_LARGE', async () => {
    const file = await flat(64, 64).jpeg({ progressive: true }).toBuffer();
    const frame = file.indexOf(Buffer.of(0xff, 0xc2));
    file.writeUInt16BE(16_000, frame + 5);
    file.writeUInt16BE(16_000, frame + 7);
    return file;
  }),
  refused(29, 'JPEG of 883 scans', 'TOO_MANY_SCANS', () => scanBomb(874)),
  accepted(30, 'JPEG of 10 scans', () => photo().jpeg({ progressive: true }).toBuffer()),
  accepted(31, 'JPEG with a script behind its end', () => withTail('<script>alert(1)</script>')),
  accepted(31, 'JPEG with a ZIP behind its end', () => withTail('PK\x05\x06'.padEnd(22, '\0'))),
  accepted(32, 'JPEG with a place and an orientation', withPlace),
  accepted(33, 'JPEG in CMYK', () => photo().toColourspace('cmyk').jpeg().toBuffer()),
  accepted(33, 'JPEG with a Display P3 profile', () => photo().withIccProfile('p3').jpeg().toBuffer()),
];
