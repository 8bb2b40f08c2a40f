import { MAX_MESSAGE_BYTES, type JobRequest, type Plan } from '@tessera/contracts';
import { DEFAULT_PLAN_LIMITS, otherWishes, planJob, reuseKey, type CostTable, type StepWish } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { ImageRow, JobRow, JobStore, NewJob } from '@tessera/store';
import { RequestProblems } from '../http/problems.ts';
import { requirePicture } from '../upload/require-picture.ts';
import { namingDepthStep } from './depth-problems.ts';
import { findOthers, planOthers, type Others } from './find-others.ts';
import type { SetTexts } from './text-images.ts';
import type { WebhookWish } from '../webhooks/webhook-of.ts';

/** Images looked up at one time. */
const LOOKUPS = 16;
/** What a task message holds besides its plan, in bytes. */
const ENVELOPE = 4096;

/** What planning has to know of the site. */
export interface PlanningSite {
  /** Tasks that the living executors can run at one time. */
  readonly slots: number;
  readonly costs: CostTable;
}

export interface Submission {
  readonly visitor: string;
  readonly request: JobRequest;
  readonly site: PlanningSite;
  /** Told of the ends of the jobs. */
  readonly webhook?: WebhookWish | undefined;
  readonly setTexts: SetTexts;
}

/**
 * Plans one job for each image and stores them all or none.
 *
 * @throws AppError NOT_FOUND naming the unknown images, INVALID_PIPELINE naming the steps whose other image there is not,
 *   UNSUPPORTED_DEPTH naming the step that does not compute in an image's depth, and what planning throws.
 */
export async function submitJobs(
  store: JobStore,
  newId: () => string,
  submission: Submission,
): Promise<{ jobs: readonly JobRow[]; batch: string | null }> {
  const { request, visitor, site, webhook, setTexts } = submission;
  const planned = await planJobs(store, request, site, (wishes) => setTexts(wishes, visitor));
  const batch = await chooseBatch(store, newId, submission);
  const { reuse, verify, strategy } = request;
  const jobs = planned.map(({ image, plan }): NewJob => {
    const key = reuseKey(image.sha256, plan);
    return { id: newId(), visitor, batch, image, plan, reuseKey: key, reuse, verify, strategy };
  });
  const told = webhook === undefined ? undefined : { ...webhook, id: newId(), visitor, batch };
  return { jobs: await store.insertJobs(jobs, told), batch };
}

/**
 * Plans one job for each image, and stores no job.
 *
 * @param setTexts makes images of the texts that steps write; default: none, for plans that nobody carries out.
 * @throws AppError NOT_FOUND naming the unknown images, INVALID_PIPELINE naming the steps whose other image there is not,
 *   and what planning throws.
 */
export async function planJobs(
  store: Pick<JobStore, 'getImage'>,
  request: Pick<JobRequest, 'images' | 'pipeline' | 'output' | 'split' | 'verify'>,
  site: PlanningSite,
  setTexts: (wishes: readonly StepWish[]) => Promise<Others> = () => Promise.resolve(new Map()),
): Promise<readonly { readonly image: ImageRow; readonly plan: Plan }[]> {
  const { pipeline } = request;
  const images = await findImages(store, request.images);
  const named = await findOthers(store, pipeline);
  // First what may be refused without anything having been made.
  const planned = images.map((image) => ({ image, plan: planOf(image, request, site, images.length) }));
  const texts = await setTexts(images.flatMap((image) => otherWishes(pipeline, image)));
  const others: Others = new Map([...named, ...texts]);
  return planned.map(({ image, plan }) => ({ image, plan: complete(plan, image, others) }));
}

async function chooseBatch(store: JobStore, newId: () => string, submission: Submission): Promise<string | null> {
  const { visitor, request } = submission;
  const { batch } = request;
  if (batch === undefined) return request.images.length > 1 ? newId() : null;
  if (batch === 'new') return newId();
  if (await store.hasBatch(visitor, batch)) return batch;
  throw new RequestProblems('NOT_FOUND', [{ path: 'batch', message: 'This visitor has no batch with this id.' }]);
}

async function findImages(store: Pick<JobStore, 'getImage'>, ids: readonly string[]): Promise<readonly ImageRow[]> {
  const found: ImageRow[] = [];
  const missing: number[] = [];
  for (let start = 0; start < ids.length; start += LOOKUPS) {
    const rows = await Promise.all(ids.slice(start, start + LOOKUPS).map((id) => store.getImage(id)));
    rows.forEach((row, index) => {
      if (row === undefined) missing.push(start + index);
      else found.push(row);
    });
  }
  if (missing.length === 0) return found;
  throw new RequestProblems(
    'NOT_FOUND',
    missing.slice(0, 20).map((index) => ({ path: `images.${index}`, message: 'There is no image with this id.' })),
  );
}

function planOf(
  image: ImageRow,
  { pipeline, output, split, verify }: Pick<JobRequest, 'pipeline' | 'output' | 'split' | 'verify'>,
  { slots, costs }: PlanningSite,
  together: number,
): Plan {
  const input = requirePicture(image);
  const options = { split, verify, input, slots, together };
  return namingDepthStep(() => planJob(image, pipeline, output, options, { ...DEFAULT_PLAN_LIMITS, costs }));
}

/** The plan with the images that its steps read besides. */
function complete(planned: Plan, image: ImageRow, others: Others): Plan {
  const plan: Plan = { ...planned, ...planOthers(planned.pipeline, image, others) };
  // Every message of the job carries the plan.
  if (Buffer.byteLength(JSON.stringify(plan)) + ENVELOPE > MAX_MESSAGE_BYTES) {
    throw new AppError('INVALID_PIPELINE', { message: 'The pipeline has too many operations.' });
  }
  return plan;
}
