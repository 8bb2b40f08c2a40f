import { open } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { openBench } from '../../../codec/src/decode/decoder-fixture.ts';
import { openRaster } from '../open-raster.ts';
import { fileRange } from '../source/file-range.ts';
import { difference, makeRasters } from './rasters-fixture.ts';

const folder = await makeRasters(['pictures']);
const bench = await openBench({ children: 2 });
afterAll(async () => {
  await bench.close();
  await folder.remove();
});

it.each(folder.files)('$name', async (truth) => {
  const file = await open(folder.path(truth.name));
  try {
    const raster = await openRaster(await fileRange(file), {
      decodePicture: (tile, signal) => bench.decoder.decodeTile(tile, { signal }),
    });
    const { width, height } = raster.facts;
    const read = await raster.readWindow({ x: 0, y: 0, width, height });
    const [whole] = await folder.truth(truth);
    expect(difference(read, whole!)).toBeUndefined();
  } finally {
    await file.close();
  }
});
