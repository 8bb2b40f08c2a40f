import type { Plan } from '@tessera/contracts';
import { planWork } from '@tessera/geo';
import { DEFAULT_PLAN_LIMITS, KERNEL_VERSION, planJob, reuseKey } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { JobRow, NewPlan } from '@tessera/store';
import { requirePicture } from '../upload/require-picture.ts';
import type { PlanningSite } from './submit-jobs.ts';

/**
 * What a job goes on with whose plan promises pixels that nobody makes any more: the same work, planned for the pixels of
 * this version; an error, where this version can not do it. It is cut again if it was cut, and reads the same images.
 */
export function planAnew(job: JobRow, site: PlanningSite): NewPlan {
  try {
    const again = (job.plan.again ?? 0) + 1;
    const planned = planFor(job, site);
    const reason = `planned anew for version ${KERNEL_VERSION} of the pixels, ${planned.reason}`;
    const plan = { ...planned, ...othersOf(job.plan), again, reason };
    return { plan, reuseKey: reuseKey(job.image.sha256, plan) };
  } catch (error) {
    const { code, message } = AppError.from(error);
    return { error: { code, message, attempts: 0 } };
  }
}

function planFor({ image, plan }: JobRow, { slots, costs }: PlanningSite): Plan {
  const { pipeline, output, raster, picture, stages } = plan;
  if (raster !== undefined) return planWork(raster, { width: picture.width, height: picture.height }, KERNEL_VERSION);
  const kinds = stages.flatMap((stage) => (stage.kind === 'sequence' ? stage.stages : [stage])).map(({ kind }) => kind);
  const options = {
    split: stages[0]?.kind === 'sequence' ? 'never' : 'always',
    verify: kinds.includes('verify'),
    input: requirePicture(image),
    slots,
  } as const;
  // The depth that it was worked in, which a plan of before may have chosen otherwise.
  const wish = { ...output, depth: picture.depth === 16 ? 'keep' : 8 } as const;
  return planJob(image, pipeline, wish, options, { ...DEFAULT_PLAN_LIMITS, costs });
}

const othersOf = ({ others }: Plan): Pick<Plan, 'others'> => (others === undefined ? {} : { others });
