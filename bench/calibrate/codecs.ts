import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputFormatSchema, outputFormatSchema, type MeasuredCosts } from '@tessera/contracts';
import { DEFAULT_DECODE_LIMITS, Decoder, stripFormat } from '@tessera/codec';
import { blockDigests, resolveOutput, type Raster } from '@tessera/imaging';
import { silentLogger } from '@tessera/runtime';
import sharp from 'sharp';

const RUNS = 3;
const MEBIBYTE = 1024 * 1024;

/** Milliseconds per megapixel of a colour picture from a file to pixels at random access, by format. */
export async function measureDecoding(picture: Raster): Promise<MeasuredCosts['decode']> {
  const scratch = await mkdtemp(join(tmpdir(), 'tessera-calibrate-'));
  const decoder = new Decoder({
    ...{ children: 1, deadlineMilliseconds: 60_000, memoryBytes: 2048 * MEBIBYTE, scratch },
    ...{ limits: DEFAULT_DECODE_LIMITS, logger: silentLogger() },
  });
  try {
    await decoder.start();
    const costs: Record<string, number> = {};
    for (const format of inputFormatSchema.options) {
      const source = join(scratch, `source.${format}`);
      const { width, height, channels, data } = picture;
      const raw = { width, height, channels: channels as 3 };
      await sharp(data, { raw }).toFormat(format).toFile(source);
      costs[format] = await best(picture, async (run) => {
        const target = join(scratch, `${format}-${String(run)}.v`);
        const started = performance.now();
        await decoder.decode(source, target);
        return performance.now() - started;
      });
    }
    return costs;
  } finally {
    await decoder.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Milliseconds per megapixel of a colour picture from pixels to a strip, its digests among them, by format. */
export async function measureEncoding(picture: Raster): Promise<MeasuredCosts['encode']> {
  const costs: Record<string, number> = {};
  const region = { x: 0, y: 0, width: picture.width, height: picture.height };
  for (const format of outputFormatSchema.options) {
    const output = resolveOutput({ format }, picture);
    const place = { region, index: 0, count: 1, grid: { width: region.width, height: region.height } };
    costs[format] = await best(picture, async () => {
      const started = performance.now();
      blockDigests(picture);
      await stripFormat(format).encode(picture, place, output);
      return performance.now() - started;
    });
  }
  return costs;
}

/** The shortest of some runs, for each megapixel. */
async function best({ width, height }: Raster, run: (n: number) => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let n = 0; n < RUNS; n++) least = Math.min(least, await run(n));
  return Number(((least * 1e6) / (width * height)).toPrecision(2));
}
