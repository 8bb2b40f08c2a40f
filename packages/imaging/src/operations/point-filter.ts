import type { Raster } from '../raster.ts';
import { loadKernels, type Kernels } from '../simd/kernels.ts';
import { unwrittenRaster } from '../spare-memory.ts';

/** Computes `pixels` pixels, in plain arithmetic: of all `source`, to all `target`. */
export type ScalarPoint = (source: Uint8Array, target: Uint8Array) => void;

/** The same in vectors, between two places of the kernels' memory; a third holds the parameters, if there are any. */
export type VectorPoint = (
  functions: Kernels['functions'],
  source: number,
  target: number,
  pixels: number,
  parameters: number,
) => void;

/** A computation that takes each pixel alone. */
export interface PointFilter {
  /** Channels of the result. */
  readonly channels: number;
  readonly scalar: ScalarPoint;
  /** Absent: there is no such form. */
  readonly vector?: VectorPoint;
  /** The vectors may write to where they read from. */
  readonly inPlace?: true;
  /** What the vectors read besides the pixels. */
  readonly parameters?: Int32Array;
}

/** Bytes of pixels that are worked on at once: they stay in the cache. */
const CHUNK = 1 << 16;
/** Bytes that vectors may read and write beyond the last pixel. */
const SLACK = 64;

/**
 * Two filters, one after the other, the second of which has vectors that work in place; only one may have parameters. What lies
 * between them is never larger than a chunk.
 */
export function chained(first: PointFilter, second: PointFilter): PointFilter {
  const parameters = first.parameters ?? second.parameters;
  return {
    channels: second.channels,
    scalar: (source, target) => {
      const between = new Uint8Array((target.length / second.channels) * first.channels);
      first.scalar(source, between);
      second.scalar(between, target);
    },
    vector: (functions, source, target, pixels, place) => {
      first.vector?.(functions, source, target, pixels, place);
      second.vector?.(functions, target, target, pixels, place);
    },
    ...(first.inPlace === undefined ? {} : { inPlace: first.inPlace }),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

/** Computes all pixels in vectors where there are any, else in plain arithmetic. */
export function runPointFilter(input: Raster, filter: PointFilter): Raster {
  const kernels = loadKernels();
  const { vector } = filter;
  if (kernels === null || vector === undefined) return runPointScalar(input, filter);
  return runPointVector(input, { ...filter, vector }, kernels);
}

/** Computes all pixels in plain arithmetic. */
export function runPointScalar(input: Raster, { channels, scalar }: PointFilter): Raster {
  const output = unwrittenRaster(input.width, input.height, channels);
  scalar(input.data, output.data);
  return output;
}

function runPointVector(
  input: Raster,
  filter: PointFilter & { readonly vector: VectorPoint },
  kernels: Kernels,
): Raster {
  const { channels, vector, parameters = new Int32Array() } = filter;
  const output = unwrittenRaster(input.width, input.height, channels);
  const all = input.width * input.height;
  const chunk = Math.min(Math.floor(CHUNK / input.channels), all);
  const sizes = [chunk * input.channels + SLACK, filter.inPlace ? 0 : chunk * channels + SLACK, parameters.byteLength];
  const areas = kernels.allocate(sizes);
  const [source, place] = [areas[0]!, areas[2]!];
  const target = filter.inPlace ? source : areas[1]!;
  place.set(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength));
  for (let first = 0; first < all; first += chunk) {
    const pixels = Math.min(chunk, all - first);
    source.set(input.data.subarray(first * input.channels, (first + pixels) * input.channels));
    vector(kernels.functions, source.byteOffset, target.byteOffset, pixels, place.byteOffset);
    output.data.set(target.subarray(0, pixels * channels), first * channels);
  }
  return output;
}
