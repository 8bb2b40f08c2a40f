import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../decode/decode-limits.ts';
import { FileBytes } from './file-bytes.ts';
import { scanJpeg } from './scan-jpeg.ts';

const WINDOW = 256 * 1024;
const content = Uint8Array.from({ length: 2 * WINDOW + 100 }, (_, i) => (i * 7 + (i >> 8)) & 255);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-scan-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function withFile<Result>(bytes: Uint8Array, use: (file: FileBytes) => Result): Promise<Result> {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  const fd = openSync(path, 'r');
  try {
    return use(new FileBytes(fd, bytes.length));
  } finally {
    closeSync(fd);
  }
}

describe('FileBytes', () => {
  it('reads across the borders of its window, forwards and backwards', async () => {
    const expected = Buffer.from(content);
    await withFile(content, (file) => {
      const places = [0, WINDOW - 3, WINDOW - 1, WINDOW, 2 * WINDOW - 7, 2 * WINDOW + 90];
      for (const offset of [...places, ...places.toReversed()]) {
        expect(file.u8(offset)).toBe(expected.readUInt8(offset));
        expect(file.u16(offset)).toBe(expected.readUInt16BE(offset));
        expect(file.u32(offset, true)).toBe(expected.readUInt32LE(offset));
        expect(file.u64(offset, true)).toBe(Number(expected.readBigUInt64LE(offset)));
        expect(Buffer.compare(file.bytes(offset, 10), expected.subarray(offset, offset + 10))).toBe(0);
      }
    });
  });

  it('says that the file ends', async () => {
    await withFile(content.subarray(0, 10), (file) => {
      const truncated = expect.objectContaining({ code: 'TRUNCATED_IMAGE' });
      expect(() => file.u8(10)).toThrow(truncated);
      expect(() => file.u32(7)).toThrow(truncated);
      expect(() => file.bytes(0, 11)).toThrow(truncated);
      expect(file.run(10)).toHaveLength(0);
      expect(file.run(4)).toHaveLength(6);
    });
  });
});

describe('scanJpeg', () => {
  /** A JPEG of one scan whose entropy-coded data hold `data`. */
  const jpeg = (data: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from('ffd8ffc0000b080008000801011100ffda0008010100003f00', 'hex'),
      data,
      Buffer.of(0xff, 0xd9),
    ]);
  const scan = (data: Uint8Array) => withFile(jpeg(data), (file) => scanJpeg(file, DEFAULT_DECODE_LIMITS));

  it.each([-2, -1, 0, 1])('finds markers at the border of the window, shifted by %i', async (shift) => {
    const header = jpeg(new Uint8Array()).length - 2;
    const data = new Uint8Array(WINDOW - header + shift).fill(1);
    // A stuffed byte, a restart and fill bytes right before the end.
    const tail = Uint8Array.of(0xff, 0, 0xff, 0xd3, 0xff, 0xff, 0xff);
    await expect(scan(data)).resolves.toMatchObject({ width: 8, height: 8 });
    for (let i = 0; i < tail.length; i += 1) {
      await expect(scan(Buffer.concat([data.subarray(i), tail]))).resolves.toMatchObject({ width: 8, height: 8 });
    }
  });

  it('needs the end', async () => {
    const whole = jpeg(new Uint8Array(100));
    await expect(
      withFile(whole.subarray(0, -1), (file) => scanJpeg(file, DEFAULT_DECODE_LIMITS)),
    ).rejects.toMatchObject({ code: 'TRUNCATED_IMAGE' });
  });

  it('counts the coefficients of a baseline JPEG whose components come one by one', async () => {
    const frame = Buffer.from('ffd8ffc00011080000000003011100021100031100', 'hex');
    frame.writeUInt16BE(16_000, 7);
    frame.writeUInt16BE(16_000, 9);
    const bytes = Buffer.concat([frame, Buffer.from('ffda0008010100003f00ffd9', 'hex')]);
    await expect(withFile(bytes, (file) => scanJpeg(file, DEFAULT_DECODE_LIMITS))).rejects.toMatchObject({
      code: 'INTERLACED_TOO_LARGE',
    });
  });
});
