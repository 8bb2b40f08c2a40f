import { AppError } from '@tessera/runtime/app-error';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import { JobBoard } from '../job-board.ts';
import { adviceFor } from '../products/advice.ts';
import { checkFiles, makeProduct, type ProductOrder, type ProductReport } from '../products/make-product.ts';
import { createProgress, defaultMode } from '../progress.ts';
import { withServer, type CliDeps } from './deps.ts';
import type { ProductFlags } from './product-options.ts';

/**
 * Makes the product that `plan` describes and says how it went.
 *
 * @param plan throws AppError for what can be seen to be wrong without a site.
 * @returns the exit code.
 */
export async function runProduct(
  plan: () => Promise<ProductOrder> | ProductOrder,
  flags: ProductFlags,
  deps: CliDeps,
): Promise<number> {
  try {
    return told(await make(await plan(), flags, deps), flags, deps);
  } catch (caught) {
    if (deps.signal.aborted) throw caught;
    return told({ end: 'refused', error: AppError.from(caught) }, flags, deps);
  }
}

async function make(order: ProductOrder, flags: ProductFlags, deps: CliDeps): Promise<ProductReport> {
  await checkFiles(order);
  // The result is a file as well.
  const progress = createProgress(flags.progress ?? defaultMode(deps.stderr), deps.stderr, order.files.length + 1);
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  let page: string | undefined;
  try {
    return await withServer(flags.server, deps, async (client) => {
      await client.introduce(signal);
      const board = new JobBoard(client, signal);
      void board.run();
      const onJob = (job: string): void => {
        if (flags.server === undefined) return;
        page = `${client.server}/jobs/${job}`;
        progress.say(`Job: ${page}`);
      };
      return makeProduct(order, { client, board, progress, signal, onJob });
    });
  } catch (error) {
    progress.close();
    if (deps.signal.aborted && page !== undefined) deps.stderr.write(`The job goes on on the site: ${page}\n`);
    throw error;
  } finally {
    ended.abort();
    progress.close();
  }
}

function told({ error, ...report }: ProductReport, flags: ProductFlags, { stdout, stderr }: CliDeps): number {
  if (error === undefined) {
    stdout.write(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : `${report.output ?? ''}\n`);
    return exitCodeOf([report.end]);
  }
  const { code, message, details } = error;
  const hint = adviceFor(error);
  stderr.write(`tessera: ${message} (${code})\n${hint === undefined ? '' : `${hint}\n`}`);
  if (flags.json) {
    const id = typeof details.requestId === 'string' ? details.requestId : undefined;
    stdout.write(`${JSON.stringify({ ...report, error: { code, message, hint, id } }, undefined, 2)}\n`);
  }
  if (details.unreachable === true) return EXIT.unreachable;
  if (code === 'INTERNAL') return EXIT.unexpected;
  const isUsage = report.end === 'refused' && (code === 'BAD_REQUEST' || code === 'INVALID_EXPRESSION');
  return isUsage ? EXIT.usage : exitCodeOf([report.end]);
}
