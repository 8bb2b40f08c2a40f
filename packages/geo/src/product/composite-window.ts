import type { RasterCompute, RasterWork, Region } from '@tessera/contracts';
import type { CompositeAccumulator } from '../composite/composite-accumulator.ts';
import { createAccumulator } from '../composite/create-accumulator.ts';
import { DEFAULT_SAMPLE_BUDGET, rowBlocks } from '../composite/row-blocks.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { OpenSource } from './compute-window.ts';

/** Scenes that are read at one time: what they hold until they are added counts for little beside all samples. */
const READS = 4;

/** One window of a composite: scenes are read a few at a time, in blocks of rows that fit the budget. */
export async function compositeWindow(
  { composite, bands, maskBand }: Extract<RasterCompute, { kind: 'composite' }>,
  { target, sources }: RasterWork,
  place: Region,
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<RasterBlock> {
  const first = await open(0);
  const request = { composite, region: place, type: first.facts.type, bands: bands.length, scenes: sources };
  const whole: RasterBlock = {
    ...place,
    type: target.type,
    bands: target.bands.map(() => SAMPLE_TYPES[target.type].samples(place.width * place.height)),
    valid: target.bands.map(() => undefined),
  };
  for (const region of rowBlocks(request, DEFAULT_SAMPLE_BUDGET, first.facts.tile.height)) {
    const accumulator = createAccumulator({ ...request, region });
    await addScenes(accumulator, sources, async (scene) => {
      const file = await open(scene);
      const block = await file.readWindow({ ...region, bands }, signal);
      const mask = maskBand === undefined ? undefined : await file.readWindow({ ...region, bands: [maskBand] }, signal);
      return { scene, block, mask };
    });
    const { bands: rows } = accumulator.finish();
    rows.forEach((samples, band) => whole.bands[band]?.set(samples, (region.y - place.y) * place.width));
  }
  return whole;
}

/** Adds all scenes, in whatever order they are read: no rule depends on it. */
async function addScenes(
  accumulator: CompositeAccumulator,
  scenes: number,
  read: (scene: number) => Promise<Parameters<CompositeAccumulator['add']>[0]>,
): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < scenes) accumulator.add(await read(next++));
  };
  await Promise.all(Array.from({ length: Math.min(READS, scenes) }, reader));
}
