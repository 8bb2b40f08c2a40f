import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFormat } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { Option, type Command } from 'commander';
import { exitCodeOf, type FileEnd } from '../exit-code.ts';
import { JobBoard } from '../job-board.ts';
import { parseSteps } from '../op-argument.ts';
import { createProgress, defaultMode } from '../progress.ts';
import { findImages } from '../submit/find-images.ts';
import { Ledger } from '../submit/ledger.ts';
import { readPipeline, type WrittenPipeline } from '../submit/read-pipeline.ts';
import { submitImages, type SubmitOptions, type SubmitReport } from '../submit/submit-images.ts';
import { withServer, type CliDeps } from './deps.ts';
import { outputFlags, workOptions, type WorkFlags } from './options.ts';

interface SubmitFlags extends WorkFlags {
  readonly pipeline?: string;
  readonly format: OutputFormat | 'same';
  readonly recursive: boolean;
  readonly watch: boolean;
  readonly download?: string;
  readonly overwrite: boolean;
  readonly fresh: boolean;
  readonly webhook?: string;
  readonly webhookSecret?: string;
}

const MORE = `
The same command may be repeated until all is done: images that were submitted before are not sent again, and results
that were saved are left alone. Names and folders are kept.`;

/** `tessera submit`: a folder in, a folder out. */
export function addSubmit(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  workOptions(
    program
      .command('submit')
      .description('submit the images of folders as one batch, and save the results in another folder')
      .argument('<paths...>', 'folders, or images')
      .addHelpText('after', MORE),
  )
    .addOption(new Option('--pipeline <file>', 'steps and output as JSON; - is standard input').conflicts('op'))
    .addOption(
      new Option('--format <format>', 'output format; same: as each image')
        .choices(['same', 'png', 'jpeg', 'webp', 'avif', 'tiff'])
        .default('same'),
    )
    .option('-r, --recursive', 'also the folders in the folders', false)
    .option('--watch', 'wait until all is done', false)
    .option('--download <folder>', 'save the results there; waits until all is done')
    .option('--overwrite', 'replace files that are in the way of results', false)
    .option('--fresh', 'submit again what was submitted before', false)
    .option('--webhook <url>', 'address that the site tells when a job, and the batch, has ended')
    .option('--webhook-secret <file>', 'file with the secret that signs what it is told; default: the site makes one')
    .action(async (paths: string[], flags: SubmitFlags) => exit(await runSubmit(paths, flags, deps)));
}

async function runSubmit(paths: readonly string[], flags: SubmitFlags, deps: CliDeps): Promise<number> {
  const watch = flags.watch || flags.download !== undefined;
  if (flags.server === undefined && flags.download === undefined) {
    throw new AppError('BAD_REQUEST', { message: 'Give --server, or --download to work in this process.' });
  }
  const { steps, output } = await wishes(flags, deps);
  const webhook = await webhookOf(flags);
  const format = flags.format === 'same' ? output.format : flags.format;
  const images = await findImages(paths, {
    recursive: flags.recursive,
    format,
    archives: (output.tiles ?? output.thumbnails) !== undefined,
  });
  const progress = createProgress(flags.progress ?? defaultMode(deps.stderr), deps.stderr, images.length);
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  let page: string | undefined;
  let secret: string | undefined;
  try {
    const reports = await withServer(flags.server, deps, async (client) => {
      const ledger = await Ledger.open(
        join(deps.stateFolder, 'submitted'),
        flags.server === undefined ? 'local' : client.server,
      );
      try {
        client.cookie = ledger.cookie;
        await client.introduce(signal);
        await ledger.noteCookie(client.cookie);
        const board = new JobBoard(client, signal);
        if (watch) void board.run();
        const onBatch = (batch: string): void => {
          page = `${client.server}/w/${batch}`;
          if (flags.server !== undefined) progress.say(`Batch: ${page}`);
        };
        const onSecret = (made: string): void => {
          if (secret === undefined) progress.say(`Webhook secret: ${made}`);
          secret = made;
        };
        const { split, strategy, verify, reuse, parallel, download, overwrite, fresh } = flags;
        const options = { steps, output, split, strategy, verify, reuse, parallel, watch, download, overwrite, fresh };
        return await submitImages(
          images,
          { ...options, webhook },
          { client, board, ledger, progress, signal, onBatch, onSecret },
        );
      } finally {
        await ledger.close();
      }
    });
    progress.close();
    report(reports, { page, secret }, flags, deps);
    return exitCodeOf(reports.map(({ end }): FileEnd => (end === 'submitted' ? 'done' : end)));
  } catch (error) {
    if (deps.signal.aborted && page !== undefined && flags.server !== undefined) {
      progress.close();
      deps.stderr.write(`The jobs go on on the site: ${page}\nThe same command goes on from here.\n`);
    }
    throw error;
  } finally {
    ended.abort();
    progress.close();
  }
}

async function wishes(flags: SubmitFlags, deps: CliDeps): Promise<WrittenPipeline> {
  if (flags.pipeline === undefined) return { steps: parseSteps(flags.op), output: outputFlags(flags) };
  const written = await readPipeline(flags.pipeline, deps.stdin);
  return { steps: written.steps, output: { ...written.output, ...outputFlags(flags) } };
}

/** The secret is read from a file, as arguments can be seen by everybody on the machine. */
async function webhookOf({ webhook, webhookSecret }: SubmitFlags): Promise<SubmitOptions['webhook']> {
  if (webhook === undefined) return undefined;
  if (webhookSecret === undefined) return { url: webhook };
  const secret = await readFile(webhookSecret, 'utf8').catch((cause: unknown) => {
    throw new AppError('BAD_REQUEST', { message: `The secret ${webhookSecret} can not be read.`, cause });
  });
  return { url: webhook, secret: secret.trim() };
}

function report(
  reports: readonly SubmitReport[],
  { page, secret }: { readonly page: string | undefined; readonly secret: string | undefined },
  flags: SubmitFlags,
  { stdout }: CliDeps,
): void {
  if (flags.json) {
    const told = {
      ...(page !== undefined && { batch: page }),
      ...(secret !== undefined && { webhook: { secret } }),
      files: reports,
    };
    stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
    return;
  }
  for (const { output, job, end } of reports) {
    if (end === 'done' || end === 'submitted') stdout.write(`${output ?? job ?? ''}\n`);
  }
}
