import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { depthOf, hasAlpha, type Raster, type Samples, type Window } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';

type Params = OperationParams<'vignette'>;

const shallow: NeighbourhoodOperation<'vignette'> = {
  op: 'vignette',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: () => 0,
  apply: (input, region, picture, params) => {
    const kernels = loadKernels();
    return kernels === null
      ? darkenScalar(input, region, picture, params)
      : darkenVector(input, region, picture, params, kernels);
  },
};

/**
 * Levels times `1 − amount s²(3 − 2s)`, where s goes from 0 at the radius to 1 in the corners of the picture: how dark a
 * pixel becomes depends on its place in the whole. Alpha stays.
 */
export const vignette = neighbourhoodInBoth(shallow, { apply: darkenScalar });

/** Where it gets dark, and by how much. */
interface Shade {
  /** The middle of the picture. */
  readonly x: number;
  readonly y: number;
  /** Distance of the corners from it. */
  readonly corner: number;
  /** Share of that where it begins. */
  readonly begins: number;
  /** Share of light that the corners lack. */
  readonly missing: number;
}

function shadeOf(picture: Size, { radius, amount }: Params): Shade {
  const [x, y] = [(picture.width - 1) / 2, (picture.height - 1) / 2];
  // A picture of one pixel has no corners.
  const corner = Math.max(0.5, Math.sqrt(x * x + y * y));
  return { x, y, corner, begins: radius / 100, missing: amount / 100 };
}

/** In plain arithmetic. */
export function darkenScalar<S extends Samples>(
  input: Window<S>,
  region: Region,
  picture: Size,
  params: Params,
): Raster<S> {
  const { channels } = input.raster;
  const output = unwrittenRaster(region.width, region.height, channels, depthOf(input.raster)) as Raster<S>;
  const colours = hasAlpha(channels) ? channels - 1 : channels;
  const { x: middleX, y: middleY, corner, begins, missing } = shadeOf(picture, params);
  let to = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    let from = ((y - input.y) * input.raster.width + region.x - input.x) * channels;
    const downSquared = (y - middleY) * (y - middleY);
    for (let x = region.x; x < region.x + region.width; x++) {
      const across = x - middleX;
      const away = (Math.sqrt(across * across + downSquared) / corner - begins) / (1 - begins);
      const s = Math.min(1, Math.max(0, away));
      const share = 1 - missing * s * s * (3 - 2 * s);
      for (let channel = 0; channel < channels; channel++, from++, to++) {
        const level = input.raster.data[from]!;
        output.data[to] = channel < colours ? level * share + 0.5 : level;
      }
    }
  }
  return output;
}

/** Bytes that vectors may read and write beyond the last pixel. */
const SLACK = 64;
/** Pixels of a row that are worked on at once. */
const CHUNK = 1 << 15;

/** In vectors. */
export function darkenVector(input: Window, region: Region, picture: Size, params: Params, kernels: Kernels): Raster {
  const { channels, data, width } = input.raster;
  const output = unwrittenRaster(region.width, region.height, channels);
  const { x: middleX, y: middleY, corner, begins, missing } = shadeOf(picture, params);
  const areas = kernels.allocate([CHUNK * channels + SLACK, CHUNK * channels + SLACK]);
  const [source, target] = [areas[0]!, areas[1]!];
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row;
    const line = ((y - input.y) * width + region.x - input.x) * channels;
    const downSquared = (y - middleY) * (y - middleY);
    for (let first = 0; first < region.width; first += CHUNK) {
      const pixels = Math.min(CHUNK, region.width - first);
      const bytes = pixels * channels;
      source.set(data.subarray(line + first * channels, line + first * channels + bytes));
      const across = region.x + first - middleX;
      const place = [across, downSquared, corner, begins, missing] as const;
      kernels.functions.vignette(source.byteOffset, target.byteOffset, pixels, channels, ...place);
      output.data.set(target.subarray(0, bytes), (row * region.width + first) * channels);
    }
  }
  return output;
}
