import type { OperationName, OperationParams, Pipeline, Region, Size, Step } from '@tessera/contracts';
import type { GlobalOperation } from '../operation.ts';
import { bind, haloOf } from '../pass/halo.ts';
import { NO_OTHERS, readBy, type OtherRegion, type OtherSources } from '../pass/other-pictures.ts';
import { runStep, type ReadWindow } from '../pass/run-steps.ts';
import { settle } from '../pass/settle.ts';
import { neededBy, regionsThrough, sizeAfterStep, sizesThrough } from '../pass/walk.ts';
import { crop } from '../crop.ts';
import type { Raster, Window } from '../raster.ts';
import { grow, wholeOf } from '../region.ts';

/** Pixels around what is shown that a global operation sees besides its halo: what is joined there looks joined. */
const SURROUNDINGS = 64;

const reads = (step: Step, region: Region, picture: Size): Region =>
  bind(step).operation.kind === 'global'
    ? grow(region, haloOf(step) + SURROUNDINGS, picture)
    : neededBy(step, region, picture);

/** What is read and what comes out at each step: `regions[n]` goes into step n, the last one is what is shown. */
const regionsOf = (pipeline: Pipeline, region: Region, picture: Size): readonly Region[] =>
  regionsThrough(pipeline, region, picture, reads);

/** The region of the picture that has to be read for a preview of `region` of the result. */
export function previewInput(pipeline: Pipeline, region: Region, picture: Size): Region {
  return regionsOf(pipeline, region, picture)[0]!;
}

/**
 * Tells whether a preview has the pixels of the result: operations that look at the whole picture have to be given all
 * of it. A trim is not shown: nothing is cut off.
 */
export function previewIsExact(pipeline: Pipeline, region: Region, picture: Size): boolean {
  const regions = regionsOf(pipeline, region, picture);
  const sizes = sizesThrough(pipeline, picture);
  return pipeline.every((step, n) => {
    const { width, height } = regions[n]!;
    const whole = sizes[n]!;
    if (step.op === 'trim') return false;
    return bind(step).operation.kind !== 'global' || (width === whole.width && height === whole.height);
  });
}

/** What the steps of a preview of `region` read of other pictures. */
export function previewOthers(
  pipeline: Pipeline,
  region: Region,
  picture: Size,
  sizeOf: (name: string) => Size,
): readonly OtherRegion[] {
  const regions = regionsOf(pipeline, region, picture);
  const sizes = sizesThrough(pipeline, picture);
  return pipeline.flatMap((step, n) => readBy(step, regions[n + 1]!, sizes[n]!, sizeOf) ?? []);
}

/**
 * Runs a whole pipeline so that exactly `region` of the result comes out, without stages: all operations but global ones
 * give the pixels of the job's result; these take what is read for the whole picture.
 *
 * @param states of global operations by the number of their step, where they are known from elsewhere.
 */
export function runPreview(
  pipeline: Pipeline,
  region: Region,
  picture: Size,
  read: ReadWindow,
  states: PreviewStates = [],
  others: OtherSources = NO_OTHERS,
): Raster {
  const regions = regionsOf(pipeline, region, picture);
  const sizes = sizesThrough(pipeline, picture);
  let window = read(regions[0]!);
  for (const [n, step] of pipeline.entries()) {
    const target = regions[n + 1]!;
    const { operation } = bind(step);
    const raster =
      operation.kind === 'global'
        ? crop(applyAlone(operation, window, partParams(step, regions[n]!, sizes[n]!), states[n]), target)
        : runStep(step, window, target, sizes[n]!, others);
    window = { x: target.x, y: target.y, raster };
  }
  return window.raster;
}

/** Parameters for a part of the picture that is taken for the whole. */
function partParams(step: Step, part: Region, picture: Size): OperationParams<OperationName> {
  const { operation, params } = bind(step);
  return operation.kind === 'global' ? (operation.within?.(params, part, picture) ?? params) : params;
}

/** A global operation on a window as if there were nothing else. */
function applyAlone(
  operation: GlobalOperation,
  window: Window,
  params: OperationParams<OperationName>,
  state = stateAlone(operation, window.raster, params),
): Window {
  const { raster } = window;
  const alone = { x: 0, y: 0, raster };
  return { ...window, raster: operation.apply(alone, wholeOf(raster), 0, state, raster, params) };
}

function stateAlone(operation: GlobalOperation, raster: Raster, params: OperationParams<OperationName>): Uint8Array {
  const alone = { x: 0, y: 0, raster };
  const whole = wholeOf(raster);
  const grid = { width: raster.width, height: raster.height };
  return settle(operation, params, (before) => {
    const partial = operation.observe(alone, whole, raster, params, before);
    return operation.merge([partial], grid, raster, params, before);
  });
}

/** States of global operations by the number of their step; of others undefined. */
export type PreviewStates = readonly (Uint8Array | undefined)[];

/** Whether a preview of a part needs a look at the rest: some operation wants to know how often colours occur. */
export const countsColours = (pipeline: Pipeline): boolean => pipeline.some(isCounting);

const isCounting = (step: Step): boolean => {
  const { operation } = bind(step);
  return operation.kind === 'global' && operation.counts === true;
};

/**
 * What operations that count colours find in a small copy of the whole picture.
 *
 * @param steps those of the preview, scaled for the copy; undefined where nothing is left of one.
 */
export function overviewStates(
  steps: readonly (Step | undefined)[],
  overview: Raster,
  others: OtherSources = NO_OTHERS,
): PreviewStates {
  const states: (Uint8Array | undefined)[] = [];
  const last = steps.findLastIndex((step) => step !== undefined && isCounting(step));
  let raster = overview;
  for (const [n, step] of steps.slice(0, last + 1).entries()) {
    if (step === undefined) continue;
    const { operation, params } = bind(step);
    const window = { x: 0, y: 0, raster };
    if (operation.kind === 'global') {
      const state = stateAlone(operation, raster, params);
      if (operation.counts) states[n] = state;
      raster = applyAlone(operation, window, params, state).raster;
    } else {
      raster = runStep(step, window, wholeOf(sizeAfterStep(step, raster)), raster, others);
    }
  }
  return states;
}
