import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { JobDto, OutputRequest, Step, Strategy } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { ApiClient } from '../api-client.ts';
import { saveReports } from '../save-reports.ts';
import { contentOfOthers, uploadOthers } from '../other-images.ts';
import { saveResult } from '../save-result.ts';
import type { FileEnd } from '../exit-code.ts';
import type { JobBoard } from '../job-board.ts';
import type { Progress } from '../progress.ts';
import { hashFile, workKey } from './content-hash.ts';
import type { FoundImage } from './find-images.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { SharedBatch } from './shared-batch.ts';

export interface SubmitOptions {
  /** As they were written: other images may be named as files. */
  readonly steps: readonly Step[];
  /** The format comes from each image's name. */
  readonly output: Omit<OutputRequest, 'format'>;
  readonly split: 'auto' | 'always' | 'never';
  readonly strategy: Strategy;
  readonly verify: boolean;
  readonly reuse: boolean;
  readonly webhook: { readonly url: string; readonly secret?: string } | undefined;
  /** Files under way at one time. */
  readonly parallel: number;
  /** Wait for the jobs' ends. */
  readonly watch: boolean;
  /** Folder for the results; undefined: they stay on the site. */
  readonly download: string | undefined;
  readonly overwrite: boolean;
  /** Submit again what an earlier run has submitted. */
  readonly fresh: boolean;
}

export interface SubmitDeps {
  readonly client: ApiClient;
  readonly board: JobBoard;
  readonly ledger: Ledger;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Told the batch of the jobs as soon as there is one. */
  readonly onBatch: (batch: string) => void;
  /** Told the secret that the site made for the webhook. */
  readonly onSecret: (secret: string) => void;
}

/** How one image ended, for people and for `--json`. */
export interface SubmitReport {
  readonly input: string;
  readonly end: FileEnd | 'submitted';
  readonly job?: string;
  readonly output?: string;
  readonly pixelDigest?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

interface StepsToSend {
  /** With the contents of the other images in place of their names. */
  readonly content: readonly Step[];
  /** With their ids. */
  readonly uploaded: () => Promise<readonly Step[]>;
}

/** What all images of a run share. */
interface Shared {
  readonly batch: SharedBatch;
  readonly steps: StepsToSend;
}

/**
 * Submits images as one batch and, where wanted, waits for the results and saves them. What an earlier run has
 * submitted is not sent again, and what it has saved is left alone, so that the same command may be repeated until
 * all is done. One image's failure does not touch the others.
 */
export async function submitImages(
  images: readonly FoundImage[],
  options: SubmitOptions,
  deps: SubmitDeps,
): Promise<readonly SubmitReport[]> {
  const reports: SubmitReport[] = [];
  const queue = [...images.entries()];
  const batch = new SharedBatch(deps.onBatch);
  // What was submitted before needs no other image a second time.
  let uploaded: Promise<readonly Step[]> | undefined;
  const steps: StepsToSend = {
    content: await contentOfOthers(options.steps, deps.signal),
    uploaded: () => (uploaded ??= uploadOthers(options.steps, deps.client, deps.signal)),
  };
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, image] = next;
      reports[index] = await submitImage(image, options, deps, { batch, steps });
    }
  };
  // Those that only wait for a machine must not keep the next from being sent.
  await Promise.all(Array.from({ length: options.parallel }, work));
  return reports;
}

async function submitImage(
  image: FoundImage,
  options: SubmitOptions,
  deps: SubmitDeps,
  shared: Shared,
): Promise<SubmitReport> {
  const { input } = image;
  const { progress, signal } = deps;
  let end: FileEnd = 'refused';
  try {
    const key = await keyOf(image, options, shared.steps, signal);
    const saved = options.fresh ? undefined : await findSaved(deps.ledger.find(key), image, options);
    if (saved !== undefined) {
      progress.update(input, { phase: 'skipped' });
      return saved;
    }
    const job = await findOrSubmit(key, image, options, deps, shared);
    if (!options.watch) {
      progress.update(input, { phase: 'done' });
      return { input, end: 'submitted', job: job.id };
    }
    end = 'failed';
    const finished = await deps.board.finished(job, (change) =>
      progress.update(input, { phase: change.state, job: change }),
    );
    const report = await finish(key, image, finished, options, deps);
    progress.update(input, { phase: report.end });
    return report;
  } catch (caught) {
    const error = AppError.from(caught);
    if (signal.aborted || error.details.unreachable === true) throw error;
    progress.update(input, { phase: 'failed' });
    progress.say(`${input}: ${error.message} (${error.code})`);
    return { input, end, error: { code: error.code, message: error.message } };
  }
}

function keyOf(
  image: FoundImage,
  { output, split, verify }: SubmitOptions,
  { content: steps }: StepsToSend,
  signal: AbortSignal,
): Promise<string> {
  return hashFile(image.input, signal).then((content) =>
    workKey(content, { steps, output: { ...output, format: image.format }, split, verify }),
  );
}

/** What an earlier run has saved and nobody has touched since is done, whether or not the site still knows of it. */
async function findSaved(
  known: LedgerEntry | undefined,
  image: FoundImage,
  { download }: SubmitOptions,
): Promise<SubmitReport | undefined> {
  if (known?.saved === undefined || download === undefined) return undefined;
  const output = join(download, image.output);
  const present = await stat(output).catch(() => undefined);
  if (known.saved.path !== resolve(output) || known.saved.bytes !== present?.size) return undefined;
  return { input: image.input, end: 'skipped', job: known.job, output };
}

/** The job that an earlier run has made for equal work, if the site still knows it, else a new one. */
async function findOrSubmit(
  key: string,
  { input, format }: FoundImage,
  options: SubmitOptions,
  { client, ledger, progress, signal, onSecret }: SubmitDeps,
  { batch, steps: toSend }: Shared,
): Promise<JobDto> {
  const { split, strategy, verify, reuse, webhook } = options;
  const output = { ...options.output, format };
  const known = options.fresh ? undefined : ledger.find(key);
  if (known !== undefined) {
    const job = await knownJob(client, known.job, signal);
    if (job !== undefined) {
      batch.join(known.batch);
      return job;
    }
  }
  progress.update(input, { phase: 'uploading' });
  const { id } = await client.upload(input, basename(input), signal);
  const steps = await toSend.uploaded();
  const { job, batch: joined } = await batch.submit(async (wanted) => {
    const wish = { images: [id], pipeline: steps, output, split, strategy, verify, reuse, batch: wanted };
    const created = await client.submit(webhook === undefined ? wish : { ...wish, webhook }, signal);
    if (created.webhook !== undefined) onSecret(created.webhook.secret);
    const [first] = created.jobs;
    if (!first) throw new AppError('INTERNAL');
    return { job: first, batch: created.batch ?? null };
  });
  await ledger.note({ key, job: job.id, batch: joined });
  await ledger.noteCookie(client.cookie);
  return job;
}

/** The job unless it is gone or has ended without a result. */
async function knownJob(client: ApiClient, id: string, signal: AbortSignal): Promise<JobDto | undefined> {
  try {
    const job = await client.job(id, signal);
    return job.state === 'failed' || job.state === 'cancelled' ? undefined : job;
  } catch (error) {
    if (AppError.is(error) && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function finish(
  key: string,
  image: FoundImage,
  job: JobDto,
  { download, overwrite }: SubmitOptions,
  { client, ledger, signal }: SubmitDeps,
): Promise<SubmitReport> {
  if (job.state !== 'done' || !job.result) {
    throw new AppError(job.error?.code ?? 'CANCELLED', job.error ? { message: job.error.message } : {});
  }
  const { pixelDigest, bytes } = job.result;
  const facts = { input: image.input, job: job.id, pixelDigest };
  if (download === undefined) return { ...facts, end: 'done' };
  const output = join(download, image.output);
  const present = await stat(output).catch(() => undefined);
  await saveReports(output, job, { client, overwrite }, signal);
  // Results are written whole or not at all, so a file of this size under this name is the result.
  const saved = { path: resolve(output), bytes };
  if (present?.size === bytes) {
    await ledger.note({ key, job: job.id, batch: job.batch, saved });
    return { ...facts, end: 'skipped', output };
  }
  if (present !== undefined && !overwrite) {
    throw new AppError('CONFLICT', { message: `${output} exists and is another file; use --overwrite` });
  }
  await saveResult(output, await client.result(job.id, signal), signal);
  // An archive of several files is longer than these.
  const { size } = await stat(output);
  await ledger.note({ key, job: job.id, batch: job.batch, saved: { ...saved, bytes: size } });
  return { ...facts, end: 'done', output };
}
