import type { Grid, OperationName, OperationParams, Region, Size, Step } from '@tessera/contracts';
import { sizeAfterStep } from '../pass/walk.ts';
import { createRaster, depthOf, isDeep, type Raster, type Samples, type Window } from '../raster.ts';
import { contains, gridCount, gridRegion, grow } from '../region.ts';
import type { GlobalOperation, NeighbourhoodOperation, Operation } from '../operation.ts';
import type { OtherSources } from '../pass/other-pictures.ts';
import { nameOfWish } from '../pass/other-wish.ts';
import { settle } from '../pass/settle.ts';
import { operationFor } from '../registry.ts';
import { deepened, noise } from './picture.fixture.ts';

/** Cuts a region out of a raster. */
export function cut<S extends Samples>(raster: Raster<S>, region: Region): Window<S> {
  const { channels } = raster;
  const cutting = createRaster(region.width, region.height, channels, depthOf(raster)) as Raster<S>;
  for (let y = 0; y < region.height; y++) {
    const from = ((region.y + y) * raster.width + region.x) * channels;
    cutting.data.set(raster.data.subarray(from, from + region.width * channels), y * region.width * channels);
  }
  return { x: region.x, y: region.y, raster: cutting };
}

/** The other pictures of operations that combine, by name. */
export type OtherRasters<S extends Samples = Uint8Array> = (name: string) => Raster<S>;

/** Noise of the size and the channels that a name, or a text in it, tells, as in `40x30x3`. */
export const noiseNamed: OtherRasters = (name) => {
  const [width = 1, height = 1, channels = 1] = (/\d+x\d+x\d+/.exec(name)?.[0] ?? name).split('x').map(Number);
  return noise(width, height, channels, 7, 256);
};

/** The same in the depth of a picture. */
function othersFor<S extends Samples>(picture: Raster<S>): OtherRasters<S> {
  return ((name) => (isDeep(picture) ? deepened(noiseNamed(name)) : noiseNamed(name))) as OtherRasters<S>;
}

/** The same for passes and previews, which read no more than they have to. */
export const namedSources: OtherSources = (name) => {
  const raster = noiseNamed(name);
  return { size: raster, read: (region) => cut(raster, region) };
};

/** Runs an operation cell by cell, each seeing just its region and the halo, and puts the picture together. */
export function runOnGrid<Op extends OperationName, S extends Samples = Uint8Array>(
  op: Op,
  picture: Raster<S>,
  params: OperationParams<Op>,
  grid: Grid = picture,
  others?: OtherRasters<S>,
): Raster<S> {
  const operation: Operation<Op, S> = operationFor(op);
  const size = resultSize(op, picture, params);
  const channels = operation.channels(picture.channels, params);
  const output = createRaster(size.width, size.height, channels, depthOf(picture)) as Raster<S>;
  const cells = Array.from({ length: gridCount(grid, size) }, (_, index) => gridRegion(grid, size, index));
  const state = operation.kind === 'global' ? observeAll(operation, picture, params, grid, cells) : new Uint8Array();
  for (const [index, region] of cells.entries()) {
    place(output, region, applyCell(operation, picture, params, region, index, state, others));
  }
  if (operation.kind === 'global' && operation.box) return cut(output, operation.box(state, picture)).raster;
  return output;
}

/** The state of a global operation, observed cell by cell; `order` puts the partials of each round in another order. */
export function stateOnGrid<Op extends OperationName, S extends Samples = Uint8Array>(
  operation: GlobalOperation<Op, S>,
  picture: Raster<S>,
  params: OperationParams<Op>,
  grid: Grid,
  order?: PartialOrder,
): Uint8Array {
  const cells = Array.from({ length: gridCount(grid, picture) }, (_, index) => gridRegion(grid, picture, index));
  return observeAll(operation, picture, params, grid, cells, order);
}

/** Puts partials in another order. */
export type PartialOrder = (partials: readonly Uint8Array[]) => readonly Uint8Array[];

/** Runs an operation over the whole picture at once. */
export function runWhole<Op extends OperationName, S extends Samples = Uint8Array>(
  op: Op,
  picture: Raster<S>,
  params: OperationParams<Op>,
  others?: OtherRasters<S>,
): Raster<S> {
  return runOnGrid(op, picture, params, resultSize(op, picture, params), others);
}

/** Size of what an operation makes of a picture. @throws AppError where nothing would be left of it. */
export function resultSize<Op extends OperationName>(op: Op, picture: Size, params: OperationParams<Op>): Size {
  return sizeAfterStep({ op, params } as unknown as Step, { width: picture.width, height: picture.height });
}

function withHalo<Op extends OperationName, S extends Samples>(
  operation: NeighbourhoodOperation<Op, S> | GlobalOperation<Op, S>,
  picture: Raster<S>,
  params: OperationParams<Op>,
  region: Region,
): Window<S> {
  return cut(picture, grow(region, operation.halo(params), picture));
}

function observeAll<Op extends OperationName, S extends Samples>(
  operation: GlobalOperation<Op, S>,
  picture: Raster<S>,
  params: OperationParams<Op>,
  grid: Grid,
  cells: readonly Region[],
  order: PartialOrder = (partials) => partials,
): Uint8Array {
  return settle(operation, params, (before) => {
    const partials = cells.map((region) =>
      operation.observe(withHalo(operation, picture, params, region), region, picture, params, before),
    );
    return operation.merge(order(partials), grid, picture, params, before);
  });
}

function applyCell<Op extends OperationName, S extends Samples>(
  operation: Operation<Op, S>,
  picture: Raster<S>,
  params: OperationParams<Op>,
  region: Region,
  index: number,
  state: Uint8Array,
  others: OtherRasters<S> = othersFor(picture),
): Raster<S> {
  if (operation.kind === 'point') return operation.apply(cut(picture, region).raster, params);
  if (operation.kind === 'combine') {
    const raster = others(nameOfWish(operation.wish(params, picture)));
    const needed = operation.second(params, region, picture, raster);
    const read = (wanted: Region): Window<S> => {
      if (!needed || !contains(needed, wanted)) throw new Error('It reads more than it said.');
      return cut(raster, wanted);
    };
    const other = { size: raster, read };
    return operation.apply(cut(picture, region).raster, other, region, picture, params);
  }
  if (operation.kind === 'geometry') {
    return operation.apply(cut(picture, operation.needs(params, region, picture)), region, picture, params);
  }
  const input = withHalo(operation, picture, params, region);
  return operation.kind === 'neighbourhood'
    ? operation.apply(input, region, picture, params)
    : operation.apply(input, region, index, state, picture, params);
}

function place<S extends Samples>(output: Raster<S>, region: Region, raster: Raster<S>): void {
  const bytes = region.width * output.channels;
  for (let y = 0; y < region.height; y++) {
    const at = ((region.y + y) * output.width + region.x) * output.channels;
    output.data.set(raster.data.subarray(y * bytes, (y + 1) * bytes), at);
  }
}
