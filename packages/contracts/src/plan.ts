import * as z from 'zod';
import { pictureSchema } from './image.ts';
import { stepSchema } from './operations/index.ts';
import { otherPictureSchema } from './other-picture.ts';
import { outputSchema } from './output.ts';
import { rasterStageSchema, rasterWorkSchema, type RasterStage } from './raster-work.ts';
import { gridSchema, sizeSchema, type Size } from './region.ts';

/** Where a pass reads its pixels: the decoded image, or the raw regions that an earlier stage wrote. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image') }),
  z.object({ kind: z.literal('regions'), stage: z.int().min(0) }),
]);
export type Source = Readonly<z.infer<typeof sourceSchema>>;

/**
 * Operations fused into one walk over the pixels: `before` on the region and its halo, then at most one `global`
 * operation applied with the state its merge stage made, then `after`, which reads no halo.
 */
export const passSchema = z.object({
  source: sourceSchema,
  before: z.array(stepSchema),
  global: z.object({ step: stepSchema, mergeStage: z.int().min(0) }).optional(),
  after: z.array(stepSchema),
});
export type Pass = Readonly<z.infer<typeof passSchema>>;

const tasks = z.int().min(1);

/** Of the second round on, where a global operation looks several times: the merge stage of the round before. */
const mergeBefore = z.int().min(0).optional();

/** A picture and how it is cut. */
export const cellsSchema = z.object({ picture: sizeSchema, grid: gridSchema });
export type Cells = Readonly<z.infer<typeof cellsSchema>>;

/**
 * What the tasks of a stage make, one region each, in the size that its pass makes of its source. Absent: the plan's
 * grid over the picture, whose size no step changes.
 */
const cells = cellsSchema.optional();

/** One task per region looks at the picture and writes a partial. */
const observeStage = z.object({
  kind: z.literal('observe'),
  tasks,
  pass: passSchema,
  step: stepSchema,
  mergeBefore,
  cells,
});
/** One task merges all partials of an observe stage, in index order, into the state. */
const mergeStage = z.object({
  kind: z.literal('merge'),
  tasks,
  observeStage: z.int().min(0),
  step: stepSchema,
  cells,
  mergeBefore,
  /** Number of the step in the pipeline, where it makes a report. */
  place: z.int().min(0).optional(),
  /** The merge stage of the last round: a state that is settled before is what that one would make. Absent: this one. */
  lastMerge: z.int().min(0).optional(),
});
/** One task per region writes raw pixels for a later stage that needs a halo of them. */
const materializeStage = z.object({ kind: z.literal('materialize'), tasks, pass: passSchema, cells });
/** One task per region writes an encoded strip and the digests of its blocks. */
const renderStage = z.object({
  kind: z.literal('render'),
  tasks,
  pass: passSchema,
  cells,
  /** Number of the file of several that it is a part of. Absent: there is one. */
  file: z.int().min(0).optional(),
});
/**
 * One task per region writes its tiles of one level of a pyramid, 0 the full size, and leaves its pixels halved for the
 * next. Where one task makes all of a level it makes all smaller ones, too, to level `through`.
 */
const tileStage = z.object({
  kind: z.literal('tile'),
  tasks,
  pass: passSchema,
  level: z.int().min(0),
  through: z.int().min(0),
  cells,
});
/**
 * One task joins the strips of the render stage into the finished file; where that is a tile stage it writes what tells of
 * the tiles beside them.
 */
const assembleStage = z.object({ kind: z.literal('assemble'), tasks, renderStage: z.int().min(0) });
/** One task compares the finished file with an unsplit run. */
const verifyStage = z.object({ kind: z.literal('verify'), tasks, assembleStage: z.int().min(0) });

export const basicStageSchema = z.discriminatedUnion('kind', [
  observeStage,
  mergeStage,
  materializeStage,
  renderStage,
  tileStage,
  assembleStage,
  verifyStage,
]);
export type BasicStage = Readonly<z.infer<typeof basicStageSchema>>;

/** Stages of one task each, run by one executor one after another; stage numbers inside count within the sequence. */
export const sequenceStageSchema = z.object({ kind: z.literal('sequence'), tasks, stages: z.array(basicStageSchema) });
export type SequenceStage = Readonly<z.infer<typeof sequenceStageSchema>>;

export const stageSchema = z.discriminatedUnion('kind', [
  ...basicStageSchema.options,
  ...rasterStageSchema.options,
  sequenceStageSchema,
]);
export type Stage = Readonly<z.infer<typeof stageSchema>>;
export type StageKind = Stage['kind'];

/** Tells the stages of products from those of pictures; a plan has either. */
export function isRasterStage(stage: Stage): stage is RasterStage {
  return rasterStageSchema.options.some(({ shape }) => shape.kind.value === stage.kind);
}

/**
 * The stage that follows when all tasks of one are done.
 *
 * @param settled whether it was a merge whose state no further round would change.
 */
export function stageAfter(stages: readonly Stage[], stage: number, settled: boolean): number {
  const done = stages[stage];
  return (settled && done?.kind === 'merge' && done.lastMerge !== undefined ? done.lastMerge : stage) + 1;
}

/** Pure data: everything that executors need to know to turn an image into a result. */
export const planSchema = z.object({
  /** Version of the kernel whose pixels this plan promises. */
  kernel: z.string(),
  /**
   * How often the job was planned anew because nobody was left who makes the pixels that its plan promised; absent: never.
   * What its tasks leave is kept apart by it.
   */
  again: z.int().min(1).optional(),
  picture: pictureSchema,
  pipeline: z.array(stepSchema),
  /** Pictures that steps read besides, each once; absent: none does. */
  others: z.array(otherPictureSchema).optional(),
  /** How the result is cut, into the regions of the render stage. */
  grid: gridSchema,
  output: outputSchema,
  stages: z.array(stageSchema).min(1),
  /** What the raster stages compute; absent in jobs over pictures. */
  raster: rasterWorkSchema.optional(),
  /** Why the plan is split or not, for people. */
  reason: z.string(),
});
export type Plan = Readonly<z.infer<typeof planSchema>>;

/** What the tasks of a stage work on: a picture of the size that it has there, and how it is cut. */
export function cellsOf(plan: Pick<Plan, 'picture' | 'grid'>, stage: Stage): Cells {
  const own = 'cells' in stage ? stage.cells : undefined;
  return own ?? { picture: { width: plan.picture.width, height: plan.picture.height }, grid: plan.grid };
}

/** Half a size, rounded up. */
export const halfOf = ({ width, height }: Size): Size => ({
  width: Math.ceil(width / 2),
  height: Math.ceil(height / 2),
});

/** The picture whose raw pixels a stage leaves for the next: what it makes, or half of it. */
export function cellsLeftBy(plan: Pick<Plan, 'picture' | 'grid'>, stage: Stage): Cells {
  const { picture, grid } = cellsOf(plan, stage);
  return stage.kind === 'tile' ? { picture: halfOf(picture), grid: halfOf(grid) } : { picture, grid };
}

/** The size of the picture that a pass reads. `stages` are those among which its numbers count. */
export function sourceSizeOf(
  plan: Pick<Plan, 'picture' | 'grid'>,
  stages: readonly BasicStage[],
  { source }: Pass,
): Size {
  const made = source.kind === 'regions' ? stages[source.stage] : undefined;
  return made === undefined ? plan.picture : cellsLeftBy(plan, made).picture;
}
