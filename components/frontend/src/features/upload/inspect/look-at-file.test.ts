import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { lookAtFile } from './look-at-file.ts';

const LIMITS = { fileBytes: 1e9, pixels: 1e9, progressivePixels: 1e8 };
const photo = (name: string): string =>
  fileURLToPath(new URL(`../../../../../../fixtures/photos/${name}`, import.meta.url));
const blob = (bytes: Uint8Array): Blob => new Blob([Uint8Array.from(bytes)]);
const noise = () =>
  sharp({
    create: {
      width: 300,
      height: 200,
      channels: 3,
      background: 'gray',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });

const FORMATS = ['jpeg', 'png', 'tiff', 'webp', 'gif', 'avif'] as const;

describe('lookAtFile', () => {
  const files = new Map<string, Uint8Array>();
  beforeAll(async () => {
    for (const format of FORMATS) files.set(format, await noise().toFormat(format).toBuffer());
    files.set('progressive', await noise().jpeg({ progressive: true }).toBuffer());
    files.set('interlaced', await noise().png({ progressive: true }).toBuffer());
    files.set('turned', await noise().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    files.set('tiled', await noise().tiff({ tile: true, tileWidth: 64, tileHeight: 64, bigtiff: true }).toBuffer());
  });
  const fileOf = (name: string): Uint8Array => files.get(name) ?? new Uint8Array();

  it.each(FORMATS)('reads format and size of a %s', async (format) => {
    const look = await lookAtFile(blob(fileOf(format)), LIMITS);
    expect(look).toMatchObject({ facts: { format, width: 300, height: 200, progressive: false } });
    expect(look.refusal).toBeUndefined();
  });

  it('reads tiles of a big TIFF', async () => {
    const look = await lookAtFile(blob(fileOf('tiled')), LIMITS);
    expect(look).toMatchObject({ facts: { format: 'tiff', width: 300, height: 200 } });
    expect(look.refusal).toBeUndefined();
  });

  it('reads the size of a JP2, which is a raster, and tells one that stops early', async () => {
    const box = (name: string, content: Uint8Array): Buffer => {
      const head = Buffer.from(`\0\0\0\0${name}`, 'latin1');
      head.writeUInt32BE(8 + content.length);
      return Buffer.concat([head, content]);
    };
    const size = Buffer.from('00000096000000fa000107070000', 'hex');
    const file = Buffer.concat([
      box('jP  ', Buffer.from('0d0a870a', 'hex')),
      box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ')),
      box('jp2h', box('ihdr', size)),
      box('jp2c', Buffer.alloc(100)),
    ]);
    const look = await lookAtFile(blob(file), LIMITS);
    expect(look).toMatchObject({ facts: { format: 'raster', width: 250, height: 150 } });
    expect(look.refusal).toBeUndefined();
    expect((await lookAtFile(blob(file.subarray(0, -9)), LIMITS)).refusal?.code).toBe('TRUNCATED_IMAGE');
    expect((await lookAtFile(blob(file.subarray(0, 40)), LIMITS)).refusal).toBeUndefined();
  });

  it('tells the size as it is shown, where EXIF turns the picture', async () => {
    expect(await lookAtFile(blob(fileOf('turned')), LIMITS)).toMatchObject({
      orientation: 6,
      facts: { width: 200, height: 300 },
    });
  });

  it.each(['progressive', 'interlaced'])('sees that a file is %s, and keeps its own limit', async (name) => {
    expect((await lookAtFile(blob(fileOf(name)), LIMITS)).facts?.progressive).toBe(true);
    const strict = { ...LIMITS, progressivePixels: 1000 };
    expect((await lookAtFile(blob(fileOf(name)), strict)).refusal?.code).toBe('INTERLACED_TOO_LARGE');
  });

  it.each(['jpeg', 'png', 'tiff', 'tiled', 'webp'])('tells a %s that stops early', async (name) => {
    const whole = fileOf(name);
    // libvips writes a TIFF's directory last: cut off, nothing but the head is left.
    const cut = whole.subarray(0, Math.floor(whole.length * 0.8));
    expect((await lookAtFile(blob(cut), LIMITS)).refusal?.code).toBe('TRUNCATED_IMAGE');
  });

  it('takes photographs with whatever stands after their end', async () => {
    for (const name of ['rocket.jpg', 'astronaut.png']) {
      const bytes = await readFile(photo(name));
      expect((await lookAtFile(blob(bytes), LIMITS)).refusal).toBeUndefined();
      const longer = Buffer.concat([bytes, Buffer.alloc(700_000)]);
      expect((await lookAtFile(blob(longer), LIMITS)).refusal).toBeUndefined();
    }
  });

  it('refuses by the limits of the site', async () => {
    const file = blob(fileOf('png'));
    expect((await lookAtFile(file, { ...LIMITS, fileBytes: 100 })).refusal?.code).toBe('FILE_TOO_LARGE');
    expect((await lookAtFile(file, { ...LIMITS, pixels: 100 })).refusal?.code).toBe('TOO_MANY_PIXELS');
    expect((await lookAtFile(file, undefined)).refusal).toBeUndefined();
  });

  it.each([
    ['', undefined],
    ['Hello, this is text.', 'text'],
    ['%PDF-1.7', 'PDF'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'HEIC'],
    ['\0\0\0\x18ftypmp42\0\0\0\0isommp42', 'MP4'],
    ['RIFF\0\0\0\0WAVEfmt ', undefined],
  ])('refuses %j and says what it is', async (text, looksLike) => {
    const { refusal } = await lookAtFile(new Blob([Buffer.from(text, 'latin1')]), LIMITS);
    expect(refusal).toEqual({ code: 'UNSUPPORTED_FORMAT', ...(looksLike && { looksLike }) });
  });

  it('never fails, whatever the bytes', async () => {
    for (const name of FORMATS) {
      const whole = fileOf(name);
      for (let length = 12; length < Math.min(whole.length, 3000); length += 97) {
        await expect(lookAtFile(blob(whole.subarray(0, length)), LIMITS)).resolves.toBeDefined();
      }
      const wild = Uint8Array.from(whole, (byte, index) => (index > 16 ? (byte * 31 + index) & 255 : byte));
      await expect(lookAtFile(blob(wild), LIMITS)).resolves.toBeDefined();
    }
  });
});
