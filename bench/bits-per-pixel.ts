import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stripFormat } from '@tessera/codec';
import { outputFormatSchema, pipelineSchema, type OutputFormat } from '@tessera/contracts';
import { resolveOutput, runPreview, wholeOf, type Raster } from '@tessera/imaging';
import sharp from 'sharp';
import type { Measurement } from './measurement.ts';

const PHOTOS = fileURLToPath(new URL('../fixtures/photos/', import.meta.url));
const KINDS = {
  colour: [],
  gray: [{ op: 'grayscale' }],
  'two levels': [{ op: 'threshold' }],
  edges: [{ op: 'canny' }],
} as const;
const QUALITIES: Readonly<Record<OutputFormat, readonly number[]>> = {
  png: [100],
  tiff: [100],
  jpeg: [30, 60, 85, 95, 100],
  webp: [30, 60, 85, 95, 100],
  avif: [30, 60, 85, 95],
};

/** Bits that a pixel of the photos takes in each format, at their own size and at half of it: the table of estimates. */
export async function bitsPerPixel(): Promise<readonly Measurement[]> {
  const photos = await readPhotos();
  const measurements: Measurement[] = [];
  for (const format of outputFormatSchema.options) {
    for (const quality of QUALITIES[format]) {
      for (const [kind, steps] of Object.entries(KINDS)) {
        const pipeline = pipelineSchema.parse(steps);
        const bits: number[] = [];
        for (const photo of photos) {
          const whole = wholeOf(photo);
          const made = runPreview(pipeline, whole, photo, () => ({ x: 0, y: 0, raster: photo }));
          const output = resolveOutput({ format, quality }, made);
          const place = { region: whole, index: 0, count: 1, grid: { width: photo.width, height: photo.height } };
          const { bytes } = await stripFormat(format).encode(made, place, output);
          bits.push((bytes.length * 8) / (photo.width * photo.height));
        }
        const what = `${format} ${String(quality)}, ${kind}`;
        measurements.push({ bench: 'bits per pixel', what: `${what}, least`, value: Math.min(...bits), unit: 'bit' });
        measurements.push({ bench: 'bits per pixel', what: `${what}, most`, value: Math.max(...bits), unit: 'bit' });
      }
    }
  }
  return measurements;
}

async function readPhotos(): Promise<readonly Raster[]> {
  const names = (await readdir(PHOTOS)).filter((name) => /\.(png|jpg)$/.test(name));
  const read = async (name: string, share: number): Promise<Raster> => {
    const { width } = await sharp(PHOTOS + name).metadata();
    const image = sharp(PHOTOS + name)
      .removeAlpha()
      .toColourspace('srgb');
    const { data, info } = await image
      .resize({ width: Math.round(width * share) })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: 3, data };
  };
  return Promise.all(names.flatMap((name) => [read(name, 1), read(name, 0.5)]));
}
