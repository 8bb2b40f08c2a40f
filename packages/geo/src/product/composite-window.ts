import type { MissingScene, RasterCompute, RasterWork, Region } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { CompositeAccumulator } from '../composite/composite-accumulator.ts';
import { createAccumulator } from '../composite/create-accumulator.ts';
import { rankingBytes, rowBlocks, DEFAULT_SAMPLE_BUDGET } from '../composite/row-blocks.ts';
import type { SampleSpace } from '../composite/sample-space.ts';
import { withSampleSpace } from '../composite/thread-space.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import type { OpenSource } from './compute-window.ts';
import { missingScene, type ComputedWindow } from './window-report.ts';

/** Scenes that are read at one time: what they hold until they are added counts for little beside all samples. */
const READS = 3;

/** One window of a composite: scenes are read a few at a time, in blocks of rows that fit the budget. */
export async function compositeWindow(
  { composite, bands, maskBand, allowMissing = false }: Extract<RasterCompute, { kind: 'composite' }>,
  { target, sources }: RasterWork,
  place: Region,
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<ComputedWindow> {
  const missing = new Map<number, MissingScene>();
  /** Notes a scene that is not to be had, where that is allowed. */
  const attempt = async <Answer>(scene: number, read: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (missing.has(scene)) return undefined;
    try {
      return await read();
    } catch (error) {
      const gone = allowMissing ? missingScene(scene, error) : undefined;
      if (gone === undefined) throw error;
      missing.set(scene, gone);
      return undefined;
    }
  };
  const first = await firstOf(sources, (scene) => attempt(scene, () => open(scene)));
  const { type, tile } = first.facts;
  const request = { composite, region: place, type, bands: bands.length, scenes: sources };
  const whole: RasterBlock = {
    ...place,
    type: target.type,
    bands: target.bands.map(() => SAMPLE_TYPES[target.type].samples(place.width * place.height)),
    valid: target.bands.map(() => undefined),
  };
  const compute = async (region: Region, space: SampleSpace | undefined): Promise<void> => {
    const accumulator = createAccumulator({ ...request, region }, space);
    await addScenes(accumulator, sources, (scene) =>
      attempt(scene, async () => {
        const file = await open(scene);
        const block = await file.readWindow({ ...region, bands }, signal);
        const mask =
          maskBand === undefined ? undefined : await file.readWindow({ ...region, bands: [maskBand] }, signal);
        return { scene, block, mask };
      }),
    );
    const { bands: rows } = accumulator.finish();
    rows.forEach((samples, band) => whole.bands[band]?.set(samples, (region.y - place.y) * place.width));
  };
  const regions = rowBlocks(request, DEFAULT_SAMPLE_BUDGET, tile.height);
  // A window is of the same scenes everywhere: what is above was made with those that are missing below.
  const computeAll = async (space?: SampleSpace): Promise<void> => {
    let known: number;
    do {
      known = missing.size;
      for (const region of regions) await compute(region, space);
    } while (missing.size > known && regions.length > 1);
  };
  const bytes = Math.max(...regions.map((region) => rankingBytes({ ...request, region })));
  await (bytes > 0 ? withSampleSpace(bytes, computeAll) : computeAll());
  const scenes = Array.from({ length: sources }, (_, scene) => scene).filter((scene) => !missing.has(scene));
  return { block: whole, report: { scenes, missing: [...missing.values()].sort((a, b) => a.scene - b.scene) } };
}

/** The first scene that is to be had: all have samples of one type. */
async function firstOf(scenes: number, open: (scene: number) => Promise<RasterFile | undefined>): Promise<RasterFile> {
  for (let scene = 0; scene < scenes; scene++) {
    const file = await open(scene);
    if (file !== undefined) return file;
  }
  throw new AppError('SCENE_UNAVAILABLE', { message: 'None of the scenes can be read.' });
}

/** Adds all scenes that are to be had, in whatever order they are read: no rule depends on it. */
async function addScenes(
  accumulator: CompositeAccumulator,
  scenes: number,
  read: (scene: number) => Promise<Parameters<CompositeAccumulator['add']>[0] | undefined>,
): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < scenes) {
      const samples = await read(next++);
      if (samples !== undefined) accumulator.add(samples);
    }
  };
  await Promise.all(Array.from({ length: Math.min(READS, scenes) }, reader));
}
