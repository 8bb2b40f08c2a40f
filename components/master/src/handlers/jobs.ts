import { isFolder, type ResultFacts } from '@tessera/contracts';
import type { CostTable } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobRow } from '@tessera/store';
import { sendArchive, type ArchiveStores } from '../archive/send-archive.ts';
import type { Admission } from '../http/admission.ts';
import { sendObject } from '../http/send-object.ts';
import { sendResultFile } from '../http/send-result-file.ts';
import { attemptDtos } from '../jobs/attempt-dto.ts';
import { jobDto, type JobView } from '../jobs/job-dto.ts';
import { companionName, reportName, resultName } from '../jobs/result-name.ts';
import { submitJobs } from '../jobs/submit-jobs.ts';
import type { SetTexts } from '../jobs/text-images.ts';
import { taskDto } from '../jobs/task-dto.ts';
import { webhookOf, type WebhookLimits } from '../webhooks/webhook-of.ts';
import { forget, type ForgetParts } from './forget.ts';
import type { HandlersOf } from './parts.ts';

export interface JobParts extends ForgetParts {
  readonly objects: ObjectStore;
  readonly archives: ArchiveStores;
  /** Where the site is reached, if that was configured. */
  readonly publicUrl: string | undefined;
  readonly admission: Admission;
  readonly now: () => Date;
  readonly view: () => JobView;
  readonly newId: () => string;
  /** Tasks that the living executors can run at one time. */
  readonly slots: () => number;
  readonly costs: CostTable;
  /** Milliseconds for which the pieces of a failed job are kept. */
  readonly keepFailedMilliseconds: number;
  readonly webhooks: WebhookLimits;
  readonly setTexts: SetTexts;
  /** New tasks are ready to be published. */
  readonly onReady: () => void;
}

type Ids =
  | 'createJobs'
  | 'listJobs'
  | 'getJob'
  | 'listTasks'
  | 'listAttempts'
  | 'getResult'
  | 'getResultFile'
  | 'getCompanion'
  | 'getReport'
  | 'cancelJob'
  | 'redriveJob'
  | 'getBatch';

/** @throws AppError CONFLICT */
function resultOf({ result, state }: JobRow): ResultFacts {
  if (result === null) throw new AppError('CONFLICT', { message: `The job is ${state}: there is no result.` });
  return result;
}

/** What a job made never changes. */
function tagOf({ pixelDigest }: ResultFacts, bytes: number): string {
  return `"${pixelDigest.slice(0, 40)}-${bytes.toString(36)}"`;
}

export function jobHandlers(parts: JobParts): HandlersOf<Ids> {
  const { store, objects, admission, now, view, newId } = parts;
  const find = async (id: string): Promise<JobRow> => {
    const job = await store.getJob(id);
    if (job === undefined) throw new AppError('NOT_FOUND');
    return job;
  };
  /** The batch may have had the webhook, with a secret that was told already. */
  const secretOf = async ([job]: readonly JobRow[]): Promise<string> => {
    const webhook = job && (await store.getWebhook(job.id));
    if (webhook === undefined) throw new AppError('NOT_FOUND');
    return webhook.secret;
  };
  return {
    async createJobs({ body, visitor }) {
      await admission.admit(visitor(), body.images.length);
      const webhook = body.webhook && (await webhookOf(body.webhook, parts.webhooks));
      const { jobs, batch } = await submitJobs(store, newId, {
        visitor: visitor(),
        request: body,
        site: { slots: parts.slots(), costs: parts.costs },
        webhook,
        setTexts: parts.setTexts,
      });
      parts.onReady();
      return {
        jobs: jobs.map((job) => jobDto(job, view())),
        ...(batch === null ? {} : { batch }),
        ...(webhook?.chosen === false ? { webhook: { secret: await secretOf(jobs) } } : {}),
      };
    },

    async listJobs({ query, visitor }) {
      const { limit, before, state, q, from, to, batch } = query;
      const { jobs, next } = await store.listJobs({
        visitor: visitor(),
        limit,
        before,
        states: state === undefined ? undefined : [state].flat(),
        search: q,
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
        batch,
      });
      return { jobs: jobs.map((job) => jobDto(job, view())), next };
    },

    getJob: async ({ params }) => jobDto(await find(params.job), view()),

    async listTasks({ params }) {
      const { plan } = await find(params.job);
      const tasks = await store.getTasks(params.job);
      return { tasks: tasks.map((task) => taskDto(task, plan)) };
    },

    async listAttempts({ params, query }) {
      const { createdAt } = await find(params.job);
      return { attempts: attemptDtos(await store.listAttempts(params.job, query), createdAt) };
    },

    async getResult({ params, request, response }) {
      const job = await find(params.job);
      const result = resultOf(job);
      if (isFolder(result.key)) {
        await sendArchive(request, response, [job], parts.archives, resultName(job));
        return;
      }
      await sendObject(request, response, objects, {
        key: result.key,
        bytes: result.bytes,
        contentType: result.contentType,
        tag: tagOf(result, result.bytes),
        name: resultName(job),
      });
    },

    async getResultFile({ params, request, response }) {
      const job = await find(params.job);
      await sendResultFile(request, response, { job, result: resultOf(job), objects, publicUrl: parts.publicUrl });
    },

    async getCompanion({ params, request, response }) {
      const job = await find(params.job);
      const result = resultOf(job);
      const companion = result.companions?.find(({ role }) => role === params.role);
      if (companion === undefined) throw new AppError('NOT_FOUND');
      await sendObject(request, response, objects, {
        key: companion.key,
        bytes: companion.bytes,
        contentType: companion.contentType,
        tag: tagOf(result, companion.bytes),
        name: companionName(job, companion.role),
      });
    },

    async getReport({ params, request, response }) {
      const job = await find(params.job);
      const report = resultOf(job).reports?.find(({ step }) => String(step) === params.step);
      if (report === undefined) throw new AppError('NOT_FOUND');
      await sendObject(request, response, objects, {
        key: report.key,
        bytes: report.bytes,
        contentType: 'application/json',
        tag: `"${report.sha256.slice(0, 40)}"`,
        name: reportName(job, report),
      });
    },

    async cancelJob({ params, query, visitor }) {
      if (query.forget === 'true') {
        if ((await forget(parts, visitor(), [params.job])).length === 0) throw new AppError('NOT_FOUND');
        return;
      }
      const job = await find(params.job);
      if (!(await store.cancelJob(job.id)))
        throw new AppError('CONFLICT', { message: `The job is already ${job.state}.` });
      parts.onCancelled(job.id);
    },

    async redriveJob({ params }) {
      const job = await find(params.job);
      if (job.state !== 'failed') throw new AppError('CONFLICT', { message: `The job is ${job.state}, not failed.` });
      const age = now().getTime() - (job.finishedAt ?? job.createdAt).getTime();
      if (age > parts.keepFailedMilliseconds) {
        throw new AppError('CONFLICT', { message: 'The pieces of this job are no longer kept. Submit it again.' });
      }
      if (!(await store.redriveJob(job.id))) throw new AppError('CONFLICT');
      parts.onReady();
      return jobDto(await find(job.id), view());
    },

    async getBatch({ params }) {
      const jobs = await store.getBatch(params.batch);
      if (jobs.length === 0) throw new AppError('NOT_FOUND');
      return { id: params.batch, jobs: jobs.map((job) => jobDto(job, view())) };
    },
  };
}
