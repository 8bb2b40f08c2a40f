/**
 * Measures what decoding, every operation and encoding cost on this machine, and writes the table of costs that a master reads
 * from `COSTS_FILE`: `npm run calibrate [FILE]`, default costs.json. Takes some minutes; nothing else should run. With
 * `--default` it writes the table of the program itself.
 */
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { costTableSchema } from '@tessera/contracts';
import { createRaster, withMeasured, type Raster } from '@tessera/imaging';
import sharp from 'sharp';
import { patch, sequence } from '../inputs.ts';
import { measureDecoding, measureEncoding } from './codecs.ts';
import { measureOperations } from './operations.ts';
import { writeDefaultCosts } from './write-default-costs.ts';

const SIDE = { width: 2048, height: 1024 } as const;
const SEED = 5;

// Costs are those of one core.
sharp.concurrency(1);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const file = process.argv[2] ?? 'costs.json';

const colour: Raster = {
  ...{ ...SIDE, channels: 3 },
  data: new Uint8Array(await patch(SIDE.width, SIDE.height, sequence(SEED))),
};
const pictures = [1, 2, 3, 4].map((channels) => withChannels(colour, channels));

say('decoding …');
const decode = await measureDecoding(colour);
say('encoding …');
const encode = await measureEncoding(colour);
const operation = measureOperations(pictures, say);
const table = costTableSchema.parse({ decode, operation, encode });
if (file === '--default') {
  await writeDefaultCosts(withMeasured(table));
} else {
  await writeFile(file, `${JSON.stringify(table, undefined, 2)}\n`);
  say(`Written to ${file}: give it to the masters as COSTS_FILE.`);
}

/** The same picture gray or in colours, with alpha that rises from left to right or without. */
function withChannels({ width, height, data }: Raster, channels: number): Raster {
  const raster = createRaster(width, height, channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < Math.min(3, channels); channel++) {
      raster.data[pixel * channels + channel] = data[3 * pixel + channel]!;
    }
    if (channels % 2 === 0) raster.data[pixel * channels + channels - 1] = ((pixel % width) * 255) / width;
  }
  return raster;
}
