import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { ApiClient } from '../api-client.ts';
import type { FileEnd } from '../exit-code.ts';
import type { JobBoard } from '../job-board.ts';
import type { Progress } from '../progress.ts';
import { saveResult } from '../save-result.ts';

/** A product as the command line describes it: of files on this machine. */
export interface ProductOrder {
  /** Every file, each once. */
  readonly files: readonly string[];
  readonly output: string;
  readonly overwrite: boolean;
  /** Files that are sent at one time. */
  readonly parallel: number;
  /** Asks the site for it, once each file has an id there. */
  readonly ask: (client: ApiClient, signal: AbortSignal, image: (file: string) => string) => Promise<JobDto>;
}

export interface ProductDeps {
  readonly client: ApiClient;
  readonly board: JobBoard;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Told the job as soon as there is one. */
  readonly onJob: (job: string) => void;
}

/** How a product ended, for `--json`; what was not reached is missing. */
export interface ProductReport {
  readonly end: FileEnd;
  readonly output?: string;
  readonly job?: string;
  readonly width?: number;
  readonly height?: number;
  readonly bytes?: number;
  readonly pixelDigest?: string;
  readonly error?: AppError;
}

/**
 * Refuses what can not end well: an output that exists or is one of the inputs, and inputs that are missing.
 *
 * @throws AppError CONFLICT, BAD_REQUEST, SOURCE_MISSING.
 */
export async function checkFiles({ files, output, overwrite }: ProductOrder): Promise<void> {
  if (files.some((file) => resolve(file) === resolve(output))) {
    throw new AppError('BAD_REQUEST', { message: `${output} is one of the inputs; choose another --output` });
  }
  for (const file of files) {
    if (!(await exists(file))) throw new AppError('SOURCE_MISSING', { message: `${file}: there is no such file` });
  }
  if (!overwrite && (await exists(output))) throw new AppError('CONFLICT', { message: `${output} exists` });
}

/**
 * Sends the files, asks for the product, waits for it, and saves it.
 *
 * @throws AppError when the run was interrupted or the site can not be reached; every other end is reported.
 */
export async function makeProduct(order: ProductOrder, deps: ProductDeps): Promise<ProductReport> {
  const { client, board, progress, signal, onJob } = deps;
  const { output } = order;
  let told: { end: FileEnd; job?: string } = { end: 'refused' };
  try {
    const images = await uploadAll(order, deps);
    const job = await order.ask(client, signal, (file) => images.get(file) ?? '');
    told = { end: 'failed', job: job.id };
    onJob(job.id);
    const finished = await board.finished(job, (change) =>
      progress.update(output, { phase: change.state, job: change }),
    );
    const facts = await save(finished, output, deps);
    progress.update(output, { phase: 'done' });
    return { ...told, end: 'done', output, ...facts };
  } catch (caught) {
    const error = AppError.from(caught);
    if (signal.aborted || error.details.unreachable === true) throw error;
    progress.update(output, { phase: 'failed' });
    return { ...told, error };
  }
}

async function save(job: JobDto, output: string, { client, signal }: ProductDeps) {
  if (job.state !== 'done' || !job.result) {
    throw new AppError(job.error?.code ?? 'CANCELLED', job.error ? { message: job.error.message } : {});
  }
  await saveResult(output, await client.result(job.id, signal), signal);
  const { width, height, bytes, pixelDigest } = job.result;
  return { width, height, bytes, pixelDigest };
}

/** Ids of the files on the site. The first file that is refused ends it: a product needs them all. */
async function uploadAll(
  { files, parallel }: ProductOrder,
  { client, progress, signal }: ProductDeps,
): Promise<ReadonlyMap<string, string>> {
  const images = new Map<string, string>();
  const queue = [...files];
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      progress.update(file, { phase: 'uploading' });
      images.set(file, await uploadOne(file, client, stopped));
      progress.update(file, { phase: 'done' });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(parallel, files.length) }, work));
  } finally {
    stop.abort();
  }
  return images;
}

async function uploadOne(file: string, client: ApiClient, signal: AbortSignal): Promise<string> {
  try {
    return (await client.upload(file, basename(file), signal)).id;
  } catch (caught) {
    const error = AppError.from(caught);
    if (signal.aborted || error.details.unreachable === true) throw error;
    throw new AppError(error.code, { message: `${file}: ${error.message}`, details: error.details, cause: error });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
