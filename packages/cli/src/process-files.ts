import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JobDto, OutputRequest, Step, Strategy } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { ApiClient } from './api-client.ts';
import type { FileEnd } from './exit-code.ts';
import type { JobBoard } from './job-board.ts';
import type { Task } from './output-path.ts';
import type { Progress } from './progress.ts';
import { saveReports } from './save-reports.ts';
import { saveResult } from './save-result.ts';

export interface ProcessOptions {
  readonly steps: readonly Step[];
  readonly output: OutputRequest;
  readonly split: 'auto' | 'always' | 'never';
  readonly strategy: Strategy;
  readonly verify: boolean;
  readonly reuse: boolean;
  /** What happens where the output exists already. */
  readonly existing: 'refuse' | 'overwrite' | 'skip';
  /** Files under way at one time. */
  readonly parallel: number;
}

export interface ProcessDeps {
  readonly client: ApiClient;
  readonly board: JobBoard;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** How one file ended, for people and for `--json`. */
export interface FileReport {
  readonly input: string;
  readonly end: FileEnd;
  readonly output?: string;
  readonly job?: string;
  readonly pixelDigest?: string;
  readonly verified?: boolean;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Sends every file through the pipeline, several at a time; one file's failure does not touch the others. */
export async function processFiles(
  tasks: readonly Task[],
  options: ProcessOptions,
  deps: ProcessDeps,
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  const queue = [...tasks.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, task] = next;
      reports[index] = await processFile(task, options, deps);
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, work));
  return reports;
}

async function processFile(task: Task, options: ProcessOptions, deps: ProcessDeps): Promise<FileReport> {
  const { input } = task;
  const { progress } = deps;
  let end: FileEnd = 'refused';
  try {
    if (await exists(task.output)) {
      if (options.existing === 'skip') {
        progress.update(input, { phase: 'skipped' });
        return { input, end: 'skipped', output: task.output };
      }
      if (options.existing === 'refuse') {
        throw new AppError('CONFLICT', { message: `${task.output} exists; use --overwrite or --skip-existing` });
      }
    }
    const job = await submit(task, options, deps);
    end = 'failed';
    const finished = await deps.board.finished(job, (change) =>
      progress.update(input, { phase: change.state, job: change }),
    );
    const report = await finish(task, finished, options, deps);
    progress.update(input, { phase: 'done' });
    return report;
  } catch (caught) {
    const error = AppError.from(caught);
    if (deps.signal.aborted || error.details.unreachable === true) throw error;
    progress.update(input, { phase: 'failed' });
    progress.say(`${input}: ${error.message} (${error.code})`);
    return { input, end, error: { code: error.code, message: error.message } };
  }
}

async function submit(
  { input }: Task,
  options: ProcessOptions,
  { client, progress, signal }: ProcessDeps,
): Promise<JobDto> {
  if (!(await exists(input))) throw new AppError('SOURCE_MISSING', { message: 'there is no such file' });
  progress.update(input, { phase: 'uploading' });
  const image = await client.upload(input, basename(input), signal);
  const { steps: pipelineSteps, output, split, strategy, verify, reuse } = options;
  const { jobs } = await client.submit(
    { images: [image.id], pipeline: pipelineSteps, output, split, strategy, verify, reuse },
    signal,
  );
  const [job] = jobs;
  if (!job) throw new AppError('INTERNAL');
  return job;
}

async function finish(
  task: Task,
  job: JobDto,
  { existing }: ProcessOptions,
  { client, signal }: ProcessDeps,
): Promise<FileReport> {
  if (job.state !== 'done' || !job.result) {
    throw new AppError(job.error?.code ?? 'CANCELLED', job.error ? { message: job.error.message } : {});
  }
  // Before the result: where that is, all is.
  await saveReports(task.output, job, { client, overwrite: existing === 'overwrite' }, signal);
  await saveResult(task.output, await client.result(job.id, signal), signal);
  const { pixelDigest, verified } = job.result;
  return { input: task.input, end: 'done', output: task.output, job: job.id, pixelDigest, verified };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
