import type { Pass, Pipeline, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { bind, haloOf } from './halo.ts';
import type { Cell } from './run-pass.ts';

/** Whether a step cuts off what it finds out first. */
export function isTrim(step: Step | undefined): boolean {
  const { operation } = step ? bind(step) : {};
  return operation?.kind === 'global' && operation.box !== undefined;
}

/**
 * A pass whose global operation cuts the picture, with a crop in its place, and the cell of the smaller picture. Lines of the
 * grid stay where they are, counted from the corner of what is kept; so there may be fewer cells than were planned, and
 * never more. Other passes stay as they are.
 */
export function trimmed<Of extends Omit<Cell, 'index'>>(
  pass: Pass,
  cell: Of,
  state: Uint8Array | undefined,
): { readonly pass: Pass; readonly cell: Of } {
  const step = pass.global?.step;
  if (step === undefined || state === undefined) return { pass, cell };
  const { operation } = bind(step);
  if (operation.kind !== 'global' || !operation.box) return { pass, cell };
  const { picture } = cell;
  const { x, y, width, height } = operation.box(state, picture);
  const grid = { width: Math.min(cell.grid.width, width), height: Math.min(cell.grid.height, height) };
  const crop: Step = { op: 'crop', params: { x, y, width, height } };
  return {
    pass: { source: pass.source, before: [...pass.before, crop], after: pass.after },
    cell: { ...cell, from: cell.from ?? picture, picture: { width, height }, grid },
  };
}

/**
 * @throws AppError INVALID_PIPELINE where a step behind a trim asks for more than single pixels: how large the picture is
 *   there is known only when it was looked at.
 */
export function checkTrim(pipeline: Pipeline, isOneFile: boolean): void {
  const at = pipeline.findIndex(isTrim);
  if (at < 0) return;
  const later = pipeline.slice(at + 1).find((step) => bind(step).operation.kind !== 'point' || haloOf(step) > 0);
  if (later === undefined && isOneFile) return;
  const what = later === undefined ? 'tiles and thumbnails' : later.op;
  throw new AppError('INVALID_PIPELINE', {
    message: `How large a trimmed image is shows only when it was looked at: ${what} can not follow in the same job. Trim first, then use the result.`,
  });
}
