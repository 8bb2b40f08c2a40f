import type { Composite, Region, SampleType } from '@tessera/contracts';
import { compositeSchema } from '@tessera/contracts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { createAccumulator } from './create-accumulator.ts';
import type { SampleSpace } from './sample-space.ts';

/** Whole numbers from 0 to below `most`, the same for the same seed. */
export function dice(seed: number): (most: number) => number {
  let state = seed | 1;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 8) / 2 ** 24) * most);
  };
}

/** Scenes over `region` whose samples are 0 to below `levels`; the fewer levels, the more ties. */
export function noiseScenes(
  scenes: number,
  region: Region,
  type: 'uint8' | 'uint16',
  levels: number,
  seed = 1,
  bands = 3,
): RasterBlock[] {
  const next = dice(seed);
  const pixels = region.width * region.height;
  const top = type === 'uint8' ? 256 : 65_536;
  const make = () => {
    const samples = type === 'uint8' ? new Uint8Array(pixels) : new Uint16Array(pixels);
    // Some samples are at the upper end of the type, where signs and saturation are.
    return samples.map(() => (next(8) === 0 ? top - 1 - next(3) : next(levels)));
  };
  return Array.from({ length: scenes }, () => ({
    ...region,
    type,
    bands: Array.from({ length: bands }, make),
    valid: Array.from({ length: bands }, () => undefined),
  }));
}

/** Cuts rows out of a block. */
export function rowsOf(block: RasterBlock, { y, height }: Region): RasterBlock {
  const from = (y - block.y) * block.width;
  const to = from + height * block.width;
  return {
    ...block,
    y,
    height,
    bands: block.bands.map((band) => band.slice(from, to)),
    valid: block.valid.map((flags) => flags?.slice(from, to)),
  };
}

export interface CompositeRun {
  readonly composite: Parameters<typeof compositeSchema.parse>[0];
  readonly scenes: readonly RasterBlock[];
  readonly masks?: readonly RasterBlock[];
  /** The order in which scenes are given; their places in the list stay. */
  readonly order?: readonly number[];
  readonly space?: SampleSpace;
}

/** The composite of scenes that all cover the same region. */
export function compositeOf({ composite, scenes, masks, order, space }: CompositeRun): RasterBlock {
  const { x, y, width, height, type, bands } = scenes[0]!;
  const request = {
    composite: compositeSchema.parse(composite) satisfies Composite,
    region: { x, y, width, height },
    type: type satisfies SampleType,
    bands: bands.length,
    scenes: scenes.length,
  };
  const accumulator = createAccumulator(request, space);
  for (const scene of order ?? scenes.keys()) {
    accumulator.add({ scene, block: scenes[scene]!, mask: masks?.[scene] });
  }
  return accumulator.finish();
}
