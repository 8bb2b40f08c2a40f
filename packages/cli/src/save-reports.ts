import { stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import type { JobDto, ReportRef } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { ApiClient } from './api-client.ts';
import { saveResult } from './save-result.ts';

/** Path of what an operation found out beside a result: `photo.statistics.json`, numbered where the pipeline has it twice. */
export function reportPath(output: string, { pipeline }: Pick<JobDto, 'pipeline'>, { step, op }: ReportRef): string {
  const often = pipeline.filter((other) => other.op === op).length > 1;
  return join(dirname(output), `${parse(output).name}.${often ? `${String(step + 1)}-` : ''}${op}.json`);
}

/**
 * Saves what the operations of a job found out beside its result. A file of the same size is taken for the report.
 *
 * @throws AppError CONFLICT if another file is in the way and may not be replaced.
 */
export async function saveReports(
  output: string,
  job: JobDto,
  { client, overwrite }: { readonly client: ApiClient; readonly overwrite: boolean },
  signal: AbortSignal,
): Promise<void> {
  for (const report of job.result?.reports ?? []) {
    const path = reportPath(output, job, report);
    const present = await stat(path).catch(() => undefined);
    if (present?.size === report.bytes && !overwrite) continue;
    if (present !== undefined && !overwrite) {
      throw new AppError('CONFLICT', { message: `${path} exists and is another file; use --overwrite` });
    }
    await saveResult(path, await client.report(job.id, report.step, signal), signal);
  }
}
