import type { Nodata, Scaling } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { Expression } from './expression.ts';
import { compileExpression } from './program.ts';
import { runProgram } from './run-program.ts';

/** Where an expression finds a band, and what its samples mean. */
export interface IndexBand {
  /** Number of the band in the block, from 0. */
  readonly band: number;
  readonly scaling: Pick<Scaling, 'scale' | 'offset'>;
}

export interface IndexOptions {
  readonly expression: Expression;
  /** For each band that the expression names. */
  readonly bands: Readonly<Record<string, IndexBand>>;
  /** Written where there is no result. */
  readonly nodata?: Nodata;
  /** Where results are written, one for each sample; default: new memory, which costs as much as computing. */
  readonly into?: Float32Array<ArrayBuffer>;
}

/**
 * What stands for "no result" unless somebody wants another value: no index can have this value, as it could have −9999;
 * whoever does not know of it sees that something is missing; GDAL and QGIS read and draw it as nodata.
 */
export const DEFAULT_NODATA: Nodata = 'nan';

/**
 * Computes an expression for every sample of a block. There is no result where a band that the expression reads was not
 * measured, and where the result is not finite: a denominator was 0, or the root of a negative number was taken.
 *
 * @returns A block of the same place with one band of float32.
 * @throws AppError INTERNAL if a band of the expression is not given.
 */
export function computeIndex(block: RasterBlock, options: IndexOptions): RasterBlock {
  const { expression, nodata = DEFAULT_NODATA } = options;
  const bands = expression.bands.map((name) => {
    const source = options.bands[name];
    const samples = source && block.bands[source.band];
    if (samples === undefined) throw new AppError('INTERNAL', { details: { what: 'band of an expression', name } });
    return { samples, scaling: source!.scaling, valid: block.valid[source!.band] };
  });
  const count = block.width * block.height;
  const results = options.into ?? new Float32Array(count);
  const masks = bands.flatMap((band) => band.valid ?? []);
  let valid: Uint8Array<ArrayBuffer> | undefined;
  runProgram(compileExpression(expression), bands, count, (chunk, start, length, allFinite) => {
    results.set(chunk, start);
    if (allFinite && masks.length === 0) return;
    valid ??= new Uint8Array(count).fill(1);
    for (let i = start; i < start + length; i++) valid[i] = Number(Number.isFinite(results[i]!));
    for (const mask of masks) for (let i = start; i < start + length; i++) valid[i]! &= mask[i]!;
  });
  if (valid?.includes(0) !== true) return { ...block, type: 'float32', bands: [results], valid: [undefined] };
  clear(results, valid, nodata);
  return { ...block, type: 'float32', bands: [results], valid: [valid] };
}

/** Writes nodata by its bits: a NaN that was computed has others than the one of files, and files have to be equal. */
function clear(results: Float32Array, valid: Uint8Array, nodata: Nodata): void {
  const bits = new Uint32Array(results.buffer, results.byteOffset, results.length);
  const filler = nodata === 'nan' ? 0x7fc0_0000 : new Uint32Array(Float32Array.of(nodata).buffer)[0]!;
  for (let i = 0; i < bits.length; i++) if (valid[i] === 0) bits[i] = filler;
}
