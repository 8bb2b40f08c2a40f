import type { Grid, OperationName, OperationParams, Pass, Region, Size, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { GlobalOperation } from '../operation.ts';
import type { Raster, Samples, Window } from '../raster.ts';
import { gridRegion, grow } from '../region.ts';
import { recycle } from '../spare-memory.ts';
import { bind, haloOf } from './halo.ts';
import { NO_OTHERS, otherRegions, type OtherRegion, type OtherSources } from './other-pictures.ts';
import { inputOf, runSteps, type ReadWindow } from './run-steps.ts';

/** Which cell of which picture is worked on. */
export interface Cell {
  readonly index: number;
  readonly grid: Grid;
  /** The picture that the pass makes. */
  readonly picture: Size;
  /** The picture that it makes it of, where that has another size. */
  readonly from?: Size;
  /** Pixels around the cell that are made with it, as far as the picture has them; only where the pass has no global operation. */
  readonly margin?: number;
}

/** What is made for a cell. */
const madeFor = ({ grid, picture, index, margin = 0 }: Cell): Region =>
  grow(gridRegion(grid, picture, index), margin, picture);

const sourceOf = ({ from, picture }: Cell): Size => from ?? picture;

/** The pixels that a pass reads for a cell; with `observed`, those for observing that global operation after the pass. */
export function passInput(pass: Pass, cell: Cell, observed?: Step): Region {
  const region = madeFor(cell);
  const step = observed ?? pass.global?.step;
  const target = step === undefined ? region : grow(region, haloOf(step), cell.picture);
  return inputOf(pass.before, target, sourceOf(cell));
}

/**
 * What a pass reads of other pictures for a cell, once for each step that does; with `observed`, for observing that
 * global operation after the pass.
 */
export function passOthers(
  pass: Pass,
  cell: Cell,
  observed: Step | undefined,
  sizeOf: (name: string) => Size,
): readonly OtherRegion[] {
  const region = madeFor(cell);
  const step = observed ?? pass.global?.step;
  const target = step === undefined ? region : grow(region, haloOf(step), cell.picture);
  const before = otherRegions(pass.before, target, sourceOf(cell), sizeOf);
  return observed === undefined ? [...before, ...otherRegions(pass.after, region, cell.picture, sizeOf)] : before;
}

/**
 * Runs a pass on one cell.
 *
 * @param state what the merge stage of the pass's global operation made, if it has one.
 */
export function runPass<S extends Samples>(
  pass: Pass,
  cell: Cell,
  read: ReadWindow<S>,
  state: Uint8Array | undefined,
  others: OtherSources<S> = NO_OTHERS,
): Raster<S> {
  const region = madeFor(cell);
  const after = (raster: Raster<S>): Raster<S> =>
    runSteps(pass.after, region, cell.picture, () => ({ x: region.x, y: region.y, raster }), others);
  if (pass.global === undefined) return after(runSteps(pass.before, region, sourceOf(cell), read, others));

  const { operation, params } = globalOf<S>(pass.global.step);
  if (state === undefined) throw new AppError('INTERNAL', { details: { reason: 'a global pass has no state' } });
  const { window, sources } = haloWindow(pass.before, pass.global.step, cell, read, others);
  const applied = operation.apply(window, region, cell.index, state, cell.picture, params);
  recycle(window.raster, ...sources, applied);
  const made = after(applied);
  recycle(applied, ...sources, made);
  return made;
}

/**
 * Runs a pass up to a global operation and observes one cell; gives the partial's bytes. After a settled state there is
 * nothing to see.
 *
 * @param before the state of the round before, if there was one.
 */
export function observePass<S extends Samples>(
  pass: Pass,
  step: Step,
  cell: Cell,
  read: ReadWindow<S>,
  before: Uint8Array | undefined,
  others: OtherSources<S> = NO_OTHERS,
): Uint8Array {
  const { operation, params } = globalOf<S>(step);
  if (before !== undefined && operation.settled?.(before) === true) return new Uint8Array();
  const region = gridRegion(cell.grid, cell.picture, cell.index);
  const { window, sources } = haloWindow(pass.before, step, cell, read, others);
  const partial = operation.observe(window, region, cell.picture, params, before);
  recycle(window.raster, ...sources);
  return partial;
}

/** A state, and whether it is what all further rounds would make. */
export interface MergedState {
  readonly state: Uint8Array;
  readonly settled: boolean;
}

/**
 * Merges the partials of all cells, given in index order, into the state. A settled state stays as it is.
 *
 * @param before the state of the round before, if there was one.
 */
export function mergePartials(
  step: Step,
  partials: readonly Uint8Array[],
  { grid, picture }: Omit<Cell, 'index'>,
  before: Uint8Array | undefined,
): MergedState {
  const { operation, params } = globalOf(step);
  const isSettled = (state: Uint8Array): boolean => operation.settled?.(state) === true;
  if (before !== undefined && isSettled(before)) return { state: before, settled: true };
  const state = operation.merge(partials, grid, picture, params, before);
  return { state, settled: isSettled(state) };
}

/**
 * What a global operation found out, as JSON in UTF-8.
 *
 * @throws AppError INTERNAL if it makes no report.
 */
export function reportState(step: Step, state: Uint8Array, picture: Size): Uint8Array {
  const { operation, params } = globalOf(step);
  if (!operation.report) throw new AppError('INTERNAL', { details: { op: step.op, reason: 'it makes no report' } });
  return new TextEncoder().encode(`${JSON.stringify(operation.report(state, picture, params))}\n`);
}

/** What a global operation looks at, and the rasters that were read for it: they belong to whoever reads them. */
interface HaloWindow<S extends Samples> {
  readonly window: Window<S>;
  readonly sources: readonly Raster<S>[];
}

function haloWindow<S extends Samples>(
  before: readonly Step[],
  step: Step,
  cell: Cell,
  read: ReadWindow<S>,
  others: OtherSources<S>,
): HaloWindow<S> {
  const sources: Raster<S>[] = [];
  const reading: ReadWindow<S> = (region) => {
    const window = read(region);
    sources.push(window.raster);
    return window;
  };
  const target = grow(gridRegion(cell.grid, cell.picture, cell.index), haloOf(step), cell.picture);
  const raster = runSteps(before, target, sourceOf(cell), reading, others);
  return { window: { x: target.x, y: target.y, raster }, sources };
}

function globalOf<S extends Samples>(
  step: Step,
): {
  readonly operation: GlobalOperation<OperationName, S>;
  readonly params: OperationParams<OperationName>;
} {
  const { operation, params } = bind<S>(step);
  if (operation.kind === 'global') return { operation, params };
  throw new AppError('INTERNAL', { details: { op: step.op, reason: 'only a global operation is observed' } });
}
