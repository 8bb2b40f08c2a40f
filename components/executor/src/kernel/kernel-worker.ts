import { closeSync, openSync } from 'node:fs';
import { stripFormat } from '@tessera/codec/formats';
import { prepareForOutput } from '@tessera/codec/output';
import { readWindow } from '@tessera/codec/read-window';
import type { Depth } from '@tessera/contracts';
import type { OtherSources, Raster, ReadWindow, Samples } from '@tessera/imaging';
import { toDepth, toShallow } from '@tessera/imaging/depth';
import { BLOCK_HEIGHT, blockDigests, pixelDigest } from '@tessera/imaging/digest';
import { bytesOf, depthOf } from '@tessera/imaging/raster';
import { gridCount, gridRegion, grow } from '@tessera/imaging/region';
import { mergePartials, observePass, reportState, runPass, type MergedState } from '@tessera/imaging/run-pass';
import { recycle } from '@tessera/imaging/spare-memory';
import { AppError } from '@tessera/runtime/app-error';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type {
  DigestCall,
  KernelAnswer,
  MergeCall,
  ObserveCall,
  PassCall,
  PixelSource,
  RenderAnswer,
  RenderCall,
  ReportCall,
} from './kernel-call.ts';
import type * as MakeTiles from './make-tiles.ts';
import type * as PictureCalls from './picture-calls.ts';
import type { RasterMergeCall, RasterObserveCall, RasterPaintCall } from './picture-call.ts';
import type * as RasterCalls from './raster-calls.ts';
import type { TileAnswer, TileCall } from './tile-call.ts';
import type { RasterOverviewCall, RasterPieceAnswer, RasterTilesCall, RasterWindowCall } from './raster-call.ts';

/** Rows that are read at one time when a whole file is digested. */
const DIGEST_ROWS = 32 * BLOCK_HEIGHT;

/** Opens the pixel source for the length of one call. */
function withReader<Answer>(source: PixelSource, run: (read: ReadWindow<Samples>) => Answer): Answer {
  if (source.kind === 'window') return run(() => source.window);
  const file = openSync(source.raster.path, 'r');
  try {
    return run((region) => readWindow(source.raster, region, file));
  } finally {
    closeSync(file);
  }
}

/** Bits of the samples that are worked on. */
function depthOfSource(source: PixelSource): Depth {
  return source.kind === 'file' ? source.raster.depth : depthOf(source.window.raster);
}

/**
 * Opens the pixel source and the other pictures, which take on its depth, for the length of one call, after which the
 * source's pixels are done with.
 */
function withReaders<Answer extends Raster<Samples> | Uint8Array>(
  { source, others }: Pick<PassCall, 'source' | 'others'>,
  run: (read: ReadWindow<Samples>, others: OtherSources<Samples>) => Answer,
): Answer {
  const files = new Map<string, number>();
  const windows: Raster<Samples>[] = [];
  const depth = depthOfSource(source);
  const sourceOf: OtherSources<Samples> = (name) => {
    const other = others[name];
    if (other === undefined) throw new AppError('INTERNAL', { details: { reason: 'the plan lacks another picture' } });
    return {
      size: other.size,
      read: (region) => {
        const { raster } = other;
        if (raster === undefined) throw new AppError('INTERNAL', { details: { reason: 'it was not to be read' } });
        const file = files.get(name) ?? openSync(raster.path, 'r');
        files.set(name, file);
        const { x, y, raster: pixels } = readWindow(raster, region, file);
        return { x, y, raster: toDepth(pixels, depth) };
      },
    };
  };
  try {
    const answer = withReader(source, (read) => {
      const noting: ReadWindow<Samples> = (region) => {
        const window = read(region);
        windows.push(window.raster);
        return window;
      };
      return run(noting, sourceOf);
    });
    for (const window of windows) recycle(window, answer instanceof Uint8Array ? { data: answer } : answer);
    return answer;
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}

/** Makes a handler whose errors keep their codes and whose arrays are moved to the asking thread. */
function handler<Call, Value>(
  run: (call: Call) => Value | Promise<Value>,
  moved: (value: Value) => readonly Uint8Array[],
) {
  return async (call: Call): Promise<KernelAnswer<Value>> => {
    try {
      const value = await run(call);
      return sent({ ok: true, value }, moved(value));
    } catch (caught) {
      const error = AppError.from(caught);
      const stack = (error.cause instanceof Error ? error.cause.stack : undefined) ?? error.stack ?? '';
      return { ok: false, code: error.code, message: error.message, retryable: error.retryable, stack };
    }
  };
}

/** Gives arrays up to the asking thread, where they own their whole buffer; the others are copied. */
function sent<Value>(answer: KernelAnswer<Value>, arrays: readonly Uint8Array[]): KernelAnswer<Value> {
  const buffers = new Set(
    arrays.filter((array) => array.byteLength === array.buffer.byteLength).map((array) => array.buffer),
  );
  const transferable = { [transferableSymbol]: [...buffers], [valueSymbol]: answer };
  return move(transferable) as unknown as KernelAnswer<Value>;
}

/** Runs a pass on one region and encodes what comes out as a strip. */
export const render = handler(
  async (call: RenderCall): Promise<RenderAnswer> => {
    const { output, cell, count } = call;
    const computed = withReaders(call, (read, others) => runPass(call.pass, cell, read, call.state, others));
    const raster = prepareForOutput(computed, output);
    const digests = blockDigests(raster);
    const region = gridRegion(cell.grid, cell.picture, cell.index);
    const strip = await stripFormat(output.format).encode(
      raster,
      { region, index: cell.index, count, grid: cell.grid },
      output,
    );
    recycle(raster, computed, { data: strip.bytes });
    recycle(computed, { data: strip.bytes });
    return { strip, digests };
  },
  ({ strip, digests }) => [strip.bytes, digests],
);

/** Runs a pass on one region and encodes what comes out as tiles of a pyramid. */
export const tile = handler(
  async (call: TileCall): Promise<TileAnswer> => {
    const { output, level, through } = call;
    const { grid, picture, index, margin = 0 } = call.cell;
    const computed = withReaders(call, (read, others) => runPass(call.pass, call.cell, read, call.state, others));
    const region = gridRegion(grid, picture, index);
    const { x, y } = grow(region, margin, picture);
    const raster = toShallow(prepareForOutput(computed, output));
    return (await tileMaker()).makeTiles({ x, y, raster }, { output, level, through, region });
  },
  ({ tiles, halved, digests }) => [...tiles.map(({ bytes }) => bytes), halved, digests],
);

/** Runs a pass on one region and gives its raw pixels, row-major and interleaved, samples of 16 bits little-endian. */
export const materialize = handler(
  (call: PassCall): Uint8Array =>
    bytesOf(withReaders(call, (read, others) => runPass(call.pass, call.cell, read, call.state, others)).data),
  (pixels) => [pixels],
);

/** Observes one region for a global operation. */
export const observe = handler(
  (call: ObserveCall): Uint8Array =>
    withReaders(call, (read, others) => observePass(call.pass, call.step, call.cell, read, call.before, others)),
  (partial) => [partial],
);

/** Merges partials. */
export const merge = handler(
  ({ step, partials, before, ...place }: MergeCall): MergedState => mergePartials(step, partials, place, before),
  ({ state }) => [state],
);

/** What a global operation found out, as JSON. */
export const report = handler(
  ({ step, state, picture }: ReportCall): Uint8Array => reportState(step, state, picture),
  (json) => [json],
);

// What computes with rasters is loaded with the first of them: it is half of what a thread costs at its start.
const tileMaker = (): Promise<typeof MakeTiles> => import('./make-tiles.ts');
const rasterCalls = (): Promise<typeof RasterCalls> => import('./raster-calls.ts');
const pictureCalls = (): Promise<typeof PictureCalls> => import('./picture-calls.ts');

const arraysOf = ({ bytes, reduced, digests }: RasterPieceAnswer): readonly Uint8Array[] =>
  reduced === undefined ? [bytes, digests] : [bytes, digests, reduced];

/** A window of a product, encoded. */
export const rasterWindow = handler(
  async (call: RasterWindowCall) => (await rasterCalls()).rasterWindow(call),
  arraysOf,
);

/** A region of a raster, in tiles. */
export const rasterTiles = handler(async (call: RasterTilesCall) => (await rasterCalls()).rasterTiles(call), arraysOf);

/** A region of an overview of a product, encoded. */
export const rasterOverview = handler(
  async (call: RasterOverviewCall) => (await rasterCalls()).rasterOverview(call),
  arraysOf,
);

/** What the search for a range has to know of a region. */
export const rasterObserve = handler(
  async (call: RasterObserveCall) => (await pictureCalls()).rasterObserve(call),
  (partial) => [partial],
);

/** The search for a range after a pass. */
export const rasterMerge = handler(
  async (call: RasterMergeCall) => (await pictureCalls()).rasterMerge(call),
  () => [],
);

/** A strip of a product's picture. */
export const rasterPaint = handler(
  async (call: RasterPaintCall) => (await pictureCalls()).rasterPaint(call),
  ({ bytes }) => [bytes],
);

/** The pixel digest of a decoded file, read band by band. */
export const digest = handler(
  ({ raster }: DigestCall): string => {
    const grid = { width: raster.width, height: Math.min(raster.height, DIGEST_ROWS) };
    return withReader({ kind: 'file', raster }, (read) => {
      const cells = Array.from({ length: gridCount(grid, raster) }, (_, index) => {
        const window = read(gridRegion(grid, raster, index)).raster;
        const digests = blockDigests(window);
        recycle(window);
        return digests;
      });
      return pixelDigest(cells, grid, raster);
    });
  },
  () => [],
);
