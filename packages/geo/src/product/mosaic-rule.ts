import type { RasterCompute, Region } from '@tessera/contracts';
import { selectRank } from '../composite/select-rank.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { Resampled } from '../warp/resample.ts';

/** Makes one block of the scenes that lie on it. */
export interface Mosaic {
  /** Whether further scenes would change nothing. */
  readonly isFull: boolean;
  /**
   * Adds a scene, in the order of the set. A pixel of it counts where all of its bands have a sample.
   *
   * @param bands in their order, over the mosaic's region.
   * @returns whether it gave a sample.
   */
  add(bands: readonly Resampled[]): boolean;
  finish(): RasterBlock;
}

type MosaicCompute = Extract<RasterCompute, { kind: 'mosaic' }>;

/** @param scenes Most that will be added. */
export function createMosaic(compute: MosaicCompute, region: Region, scenes: number): Mosaic {
  return compute.rule === 'first' ? firstOf(compute, region) : medianOf(compute, region, scenes);
}

function firstOf({ bands, samples: { type, nodata } }: MosaicCompute, region: Region): Mosaic {
  const count = region.width * region.height;
  const filler = nodata === 'nan' ? Number.NaN : nodata;
  const planes = bands.map(() => SAMPLE_TYPES[type].samples(count).fill(filler));
  const valid = new Uint8Array(count);
  let left = count;
  return {
    get isFull() {
      return left === 0;
    },
    add(scene) {
      const before = left;
      for (let at = 0; at < count; at++) {
        if (valid[at] === 1 || !scene.every((band) => band.valid[at] === 1)) continue;
        for (let band = 0; band < planes.length; band++) planes[band]![at] = beside(scene[band]!.samples[at]!, filler);
        valid[at] = 1;
        left--;
      }
      return left < before;
    },
    finish() {
      return { ...region, type, bands: planes, valid: planes.map(() => (left === 0 ? undefined : valid)) };
    },
  };
}

function medianOf({ bands, samples: { type, nodata } }: MosaicCompute, region: Region, scenes: number): Mosaic {
  const count = region.width * region.height;
  const filler = nodata === 'nan' ? Number.NaN : nodata;
  const added: (readonly Resampled[])[] = [];
  return {
    isFull: false,
    add(scene) {
      const given = scene[0]!.valid.slice();
      for (const { valid } of scene.slice(1)) for (let at = 0; at < count; at++) given[at]! &= valid[at]!;
      if (!given.includes(1)) return false;
      added.push(scene.map(({ samples }) => ({ samples, valid: given })));
      return true;
    },
    finish() {
      const valid = new Uint8Array(count);
      const keys = new Float64Array(scenes);
      const planes = bands.map((_, band) => {
        const plane = SAMPLE_TYPES[type].samples(count).fill(filler);
        for (let at = 0; at < count; at++) {
          let length = 0;
          for (const scene of added) {
            const { samples, valid: given } = scene[band]!;
            if (given[at] === 1) keys[length++] = samples[at]!;
          }
          if (length === 0) continue;
          plane[at] = beside(selectRank(keys, length, length >> 1), filler);
          valid[at] = 1;
        }
        return plane;
      });
      return { ...region, type, bands: planes, valid: planes.map(() => (valid.includes(0) ? valid : undefined)) };
    },
  };
}

/** A sample that happens to be the value of "not measured" gives way by one, as in GDAL: it was measured. */
function beside(sample: number, filler: number): number {
  return sample === filler ? (sample === 0 ? 1 : sample - 1) : sample;
}
