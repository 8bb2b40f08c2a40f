import type { JobDto } from '@tessera/contracts';
import { operationFor } from '@tessera/imaging';
import type { JobRow } from '@tessera/store';
import { companionsOf } from './companions.ts';
import type { JobOutlook } from './pace-book.ts';
import { filesOf } from './result-files.ts';
import { productFacts } from './product-facts.ts';
import { reportsOf } from './reports.ts';
import { isElsewhere } from './task-dto.ts';

/** Address of an image's file. */
export function imageFileUrl(image: string): string {
  return `/api/v1/images/${image}/file`;
}

/** What a job looks like depends on, besides the job. */
export interface JobView {
  readonly outlook: (row: JobRow) => JobOutlook;
  readonly waitsFor: (row: JobRow) => JobDto['waitsFor'];
  /** Milliseconds for which jobs are kept after their end; 0: for ever. */
  readonly keepMilliseconds: number;
}

/** Seconds with one decimal. */
const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;

/** A job as callers see it. */
export function jobDto(row: JobRow, { outlook, waitsFor, keepMilliseconds }: JobView): JobDto {
  const { id, batch, image, plan, state, error, result } = row;
  const { share, eta, ahead, slots } = outlook(row);
  const waiting = waitsFor(row);
  return {
    id,
    batch,
    image: { id: image.id, name: image.name, url: imageFileUrl(image.id) },
    state,
    pipeline: [...plan.pipeline],
    output: plan.output,
    ...(image.depth === 16 && plan.picture.depth !== 16 && plan.raster === undefined ? { reduced: true } : {}),
    ...(plan.output.thumbnails !== undefined ||
    plan.pipeline.some(({ op }) => operationFor(op).kind === 'geometry' || op === 'trim')
      ? { moved: true }
      : {}),
    ...(plan.raster === undefined ? {} : { product: productFacts(plan.raster) }),
    progress: {
      done: row.tasksDone,
      total: row.tasksTotal,
      share,
      eta: eta === null ? null : { low: tenths(eta.low), high: tenths(eta.high) },
      etaSeconds: eta === null ? null : tenths((eta.low + eta.high) / 2),
      ...(ahead === undefined ? {} : { ahead }),
      slots,
    },
    ...(waiting === undefined ? {} : { waitsFor: waiting }),
    stages: plan.stages.map((stage, index) => ({
      kind: stage.kind,
      tasks: stage.tasks,
      done: row.stagesDone[index] ?? 0,
      ...(row.passedOver.includes(index) ? { passedOver: true } : {}),
      ...(isElsewhere(plan, stage) ? { elsewhere: true } : {}),
    })),
    reason: plan.reason,
    strategy: row.strategy,
    ...(error === null ? {} : { error }),
    ...(result === null
      ? {}
      : {
          result: {
            url: `/api/v1/jobs/${id}/result`,
            bytes: result.bytes,
            format: plan.output.format,
            width: result.width,
            height: result.height,
            channels: result.channels,
            ...(result.depth && { depth: result.depth }),
            pixelDigest: result.pixelDigest,
            verified: result.verified,
            reused: row.reused,
            ...companionsOf(id, result),
            ...reportsOf(id, result),
            ...filesOf(id, result),
          },
        }),
    ...(row.finishedAt === null || keepMilliseconds === 0
      ? {}
      : { expiresAt: new Date(row.finishedAt.getTime() + keepMilliseconds).toISOString() }),
    timings: {
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    },
  };
}
