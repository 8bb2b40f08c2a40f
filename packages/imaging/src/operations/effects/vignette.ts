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
 * Samples of 8 bits are computed in numbers of 32 bits, one step after the other, so that vectors give the same.
 */
export const vignette = neighbourhoodInBoth(shallow, { apply: darkenScalar });

/** Where it gets dark, and by how much. */
interface Shade {
  /** The middle of the picture. */
  readonly x: number;
  readonly y: number;
  /** It gets dark where `scale` times the distance from the middle exceeds `shift`, and in the corners it does by 1. */
  readonly scale: number;
  readonly shift: number;
  /** Share of light that the corners lack. */
  readonly missing: number;
}

/** What becomes of each number that is computed. */
type Rounding = (value: number) => number;
const { fround } = Math;
const asItIs: Rounding = (value) => value;

function shadeOf(picture: Size, { radius, amount }: Params, round: Rounding): Shade {
  const [x, y] = [(picture.width - 1) / 2, (picture.height - 1) / 2];
  // A picture of one pixel has no corners.
  const corner = Math.max(0.5, Math.sqrt(x * x + y * y));
  const begins = radius / 100;
  const [scale, shift] = [1 / (corner * (1 - begins)), begins / (1 - begins)];
  return { x, y, scale: round(scale), shift: round(shift), missing: round(amount / 100) };
}

/** The light at a place that is so far from the middle. */
function lightAt(across: number, down: number, { scale, shift, missing }: Shade, round: Rounding): number {
  const away = round(Math.sqrt(round(round(across * across) + round(down * down))));
  const s = Math.min(1, Math.max(0, round(round(away * scale) - shift)));
  const smooth = round(3 - round(s + s));
  return round(1 - round(round(round(missing * s) * s) * smooth));
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
  const round = depthOf(input.raster) === 8 ? fround : asItIs;
  const shade = shadeOf(picture, params, round);
  let to = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    let from = ((y - input.y) * input.raster.width + region.x - input.x) * channels;
    for (let x = region.x; x < region.x + region.width; x++) {
      const light = lightAt(x - shade.x, y - shade.y, shade, round);
      for (let channel = 0; channel < channels; channel++, from++, to++) {
        const level = input.raster.data[from]!;
        output.data[to] = channel < colours ? round(round(level * light) + 0.5) : level;
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
  const { x: middleX, y: middleY, scale, shift, missing } = shadeOf(picture, params, fround);
  const areas = kernels.allocate([CHUNK * channels + SLACK, CHUNK * channels + SLACK]);
  const [source, target] = [areas[0]!, areas[1]!];
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row;
    const line = ((y - input.y) * width + region.x - input.x) * channels;
    const downSquared = fround((y - middleY) * (y - middleY));
    for (let first = 0; first < region.width; first += CHUNK) {
      const pixels = Math.min(CHUNK, region.width - first);
      const bytes = pixels * channels;
      source.set(data.subarray(line + first * channels, line + first * channels + bytes));
      const across = region.x + first - middleX;
      const place = [across, downSquared, scale, shift, missing] as const;
      kernels.functions.vignette(source.byteOffset, target.byteOffset, pixels, channels, ...place);
      output.data.set(target.subarray(0, bytes), (row * region.width + first) * channels);
    }
  }
  return output;
}
