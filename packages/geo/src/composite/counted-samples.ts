import { AppError } from '@tessera/runtime/app-error';
import { clearReader, type ClearReader } from './clear-samples.ts';
import type { AccumulatorRequest, SceneSamples } from './composite-accumulator.ts';
import type { CountedSamples } from './sample-limits.ts';

/** One band of a scene, and what its file and its mask say of each sample: where `usable` is 0 it does not count. */
export interface CountedBand {
  readonly samples: CountedSamples;
  readonly usable: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Checks what scenes give against what an accumulator was made for.
 *
 * @returns a reader that gives a scene's bands; it throws AppError RASTER_MISMATCH or, for a scene given twice, INTERNAL.
 */
export function countedBands(request: AccumulatorRequest): (samples: SceneSamples) => readonly CountedBand[] {
  const { rule, clear: clearRule } = request.composite;
  const readMask: ClearReader | undefined =
    clearRule === undefined || rule.kind === 'count' ? undefined : clearReader(clearRule);
  const seen = new Set<number>();
  return ({ scene, block, mask }) => {
    if (seen.has(scene) || scene < 0 || scene >= request.scenes)
      throw new AppError('INTERNAL', { details: { scene, scenes: request.scenes } });
    const { region } = request;
    for (const part of readMask ? [block, mask] : [block]) {
      const fits =
        part?.x === region.x && part.y === region.y && part.width === region.width && part.height === region.height;
      if (!fits) throw new AppError('RASTER_MISMATCH', { details: { scene, region } });
    }
    if (block.type !== request.type || block.bands.length !== request.bands)
      throw new AppError('RASTER_MISMATCH', { details: { scene, type: block.type, bands: block.bands.length } });
    seen.add(scene);
    const clear = readMask && mask && readMask(mask);
    return block.bands.map((samples, band) => ({
      samples: samples as CountedSamples,
      usable: both(block.valid[band], clear),
    }));
  };
}

function both(
  one: Uint8Array<ArrayBuffer> | undefined,
  other: Uint8Array<ArrayBuffer> | undefined,
): Uint8Array<ArrayBuffer> | undefined {
  return one && other ? one.map((flag, at) => flag & other[at]!) : (one ?? other);
}
