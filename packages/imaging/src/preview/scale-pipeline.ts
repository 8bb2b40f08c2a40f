import type { Pipeline, Size, Step } from '@tessera/contracts';
import { bind } from '../pass/halo.ts';
import { sizeAfterStep, sizesThrough } from '../pass/walk.ts';
import { scaleStep } from '../scale-step.ts';
import { scaleGeometry, setsSize } from './scale-geometry.ts';

/** A pipeline that makes at the size of the screen about what another one makes at full size. */
export interface ScaledPipeline {
  /** Size of the source that it begins with. */
  readonly picture: Size;
  readonly pipeline: Pipeline;
  /** The same by the steps that they stand for; undefined where nothing is left of one. */
  readonly steps: readonly (Step | undefined)[];
  readonly result: Size;
  /** Whether nothing is scaled. */
  readonly isFull: boolean;
}

export const scaled = (length: number, scale: number): number => Math.max(1, Math.round(length * scale));

/**
 * @param source size of the image.
 * @param scale of the result, 0–1]; where a step makes another size of what it is given, the source need not have all
 *   of its pixels for it.
 * @param keep whether the source is to keep them all the same, where the result is not scaled.
 */
export function scalePipeline(pipeline: Pipeline, source: Size, scale: number, keep: boolean): ScaledPipeline {
  const sizes = sizesThrough(pipeline, source);
  const scales = scalesThrough(pipeline, sizes, scale, keep);
  const picture = { width: scaled(source.width, scales[0]!), height: scaled(source.height, scales[0]!) };
  const steps: (Step | undefined)[] = [];
  let size: Size = picture;
  for (const [n, step] of pipeline.entries()) {
    const isMoved = bind(step).operation.kind === 'geometry';
    const small = isMoved ? scaleGeometry(step, sizes[n]!, size, scales[n + 1]!) : scaleStep(step, scales[n]!);
    steps.push(small);
    if (small) size = sizeAfterStep(small, size);
  }
  return {
    picture,
    pipeline: steps.flatMap((step) => step ?? []),
    steps,
    result: size,
    isFull: scales.every((one) => one === 1),
  };
}

/** The scale of the picture before each step, and behind the last. */
function scalesThrough(pipeline: Pipeline, sizes: readonly Size[], scale: number, keep: boolean): readonly number[] {
  const scales = [scale];
  for (let n = pipeline.length - 1; n >= 0; n--) {
    const after = scales[0]!;
    const [from, to] = [sizes[n]!, sizes[n + 1]!];
    const factor = Math.max(to.width / from.width, to.height / from.height);
    scales.unshift(setsSize(pipeline[n]!, from) && !keep ? Math.min(1, after * factor) : after);
  }
  return scales;
}
