import type { OutputFormat } from '@tessera/contracts';
import { Option, type Command } from 'commander';
import { exitCodeOf } from '../exit-code.ts';
import { JobBoard } from '../job-board.ts';
import { parseSteps } from '../op-argument.ts';
import { uploadOthers } from '../other-images.ts';
import { planOutputs } from '../output-path.ts';
import { processFiles, type FileReport } from '../process-files.ts';
import { createProgress, defaultMode } from '../progress.ts';
import { withServer, type CliDeps } from './deps.ts';
import { outputFlags, workOptions, type WorkFlags } from './options.ts';

interface ProcessFlags extends WorkFlags {
  readonly output: string;
  readonly format: OutputFormat;
  readonly overwrite: boolean;
  readonly skipExisting: boolean;
}

/** `tessera process`: files in, results in a folder. */
export function addProcess(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  workOptions(
    program
      .command('process')
      .description('process files and save the results in a folder')
      .argument('<files...>', 'images to process'),
  )
    .requiredOption('-o, --output <folder>', 'folder for the results')
    .addOption(
      new Option('--format <format>', 'output format').choices(['png', 'jpeg', 'webp', 'avif', 'tiff']).default('png'),
    )
    .option('--overwrite', 'replace existing results', false)
    .option('--skip-existing', 'leave files alone whose result exists', false)
    .action(async (files: string[], flags: ProcessFlags) => exit(await runProcess(files, flags, deps)));
}

async function runProcess(files: readonly string[], flags: ProcessFlags, deps: CliDeps): Promise<number> {
  const steps = parseSteps(flags.op);
  const tasks = planOutputs(files, flags.output, (flags.tiles ?? flags.thumbnails) ? 'zip' : flags.format);
  const output = { format: flags.format, ...outputFlags(flags) };
  const existing = flags.overwrite ? 'overwrite' : flags.skipExisting ? 'skip' : 'refuse';
  const { split, strategy, verify, reuse, parallel } = flags;
  const progress = createProgress(flags.progress ?? defaultMode(deps.stderr), deps.stderr, files.length);
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  try {
    const reports = await withServer(flags.server, deps, async (client) => {
      await client.introduce(signal);
      const board = new JobBoard(client, signal);
      void board.run();
      const ready = await uploadOthers(steps, client, signal);
      return processFiles(
        tasks,
        { steps: ready, output, split, strategy, verify, reuse, existing, parallel },
        { client, board, progress, signal },
      );
    });
    progress.close();
    report(reports, flags.json, deps);
    return exitCodeOf(reports.map(({ end }) => end));
  } finally {
    ended.abort();
    progress.close();
  }
}

function report(reports: readonly FileReport[], json: boolean, deps: CliDeps): void {
  if (json) deps.stdout.write(`${JSON.stringify({ files: reports }, undefined, 2)}\n`);
  else
    for (const { output, end } of reports) if (output !== undefined && end === 'done') deps.stdout.write(`${output}\n`);
}
