import { Command, InvalidArgumentError, Option } from 'commander';
import { AppError } from '@tessera/runtime/app-error';
import { ApiClient } from './api-client.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { JobBoard } from './job-board.ts';
import { parseSteps } from './op-argument.ts';
import { planOutputs } from './output-path.ts';
import { processFiles, type FileReport } from './process-files.ts';
import { createProgress, defaultMode, type ProgressMode } from './progress.ts';
import type { OperationDto, OutputFormat } from '@tessera/contracts';

/** A running server and the way to stop it. */
export interface Engine {
  readonly url: string;
  close(): Promise<void>;
}

export interface CliDeps {
  /** Starts the standalone engine in this process, for runs without `--server`. */
  readonly startEngine: () => Promise<Engine>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

interface ProcessFlags {
  readonly op: readonly string[];
  readonly output: string;
  readonly format: OutputFormat;
  readonly quality?: number;
  readonly subsampling?: '4:2:0' | '4:4:4';
  readonly split: 'auto' | 'always' | 'never';
  readonly verify: boolean;
  readonly reuse: boolean;
  readonly overwrite: boolean;
  readonly skipExisting: boolean;
  readonly parallel: number;
  readonly progress?: ProgressMode;
  readonly json: boolean;
  readonly server?: string;
}

const EXAMPLES = `
Examples:
  tessera process photo.jpg --op gaussian-blur:ksize=9 --op canny -o out/
  tessera process scans/*.tif --op median --format tiff --split always --verify -o out/ --server https://images.example
  tessera operations`;

const EXIT_CODES = `
Exit codes: 0 all done, 2 wrong usage, 3 some files failed, 4 refused before work began, 5 server unreachable,
7 the job failed, 130 interrupted, 1 anything else.`;

/** Runs the command line tool and gives its exit code. Results go to standard output, everything else to standard error. */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('tessera')
    .description('Processes images, heavy ones split over machines, exact to the pixel.')
    .addHelpText('after', EXAMPLES + '\n' + EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeOut: (text) => deps.stdout.write(text), writeErr: (text) => deps.stderr.write(text) });
  addProcess(program, deps, (exit) => (code = exit));
  addOperations(program, deps);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, deps);
  }
}

function addProcess(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  program
    .command('process')
    .description('process files and save the results in a folder')
    .argument('<files...>', 'images to process')
    .option(
      '--op <step>',
      'an operation as name or name:parameter=value,… (repeat for a pipeline)',
      (step, all: string[]) => [...all, step],
      [],
    )
    .requiredOption('-o, --output <folder>', 'folder for the results')
    .addOption(
      new Option('--format <format>', 'output format').choices(['png', 'jpeg', 'webp', 'avif', 'tiff']).default('png'),
    )
    .option('--quality <1-100>', 'quality of JPEG, WebP, AVIF', whole(1, 100))
    .addOption(new Option('--subsampling <chroma>', 'JPEG chroma subsampling').choices(['4:2:0', '4:4:4']))
    .addOption(
      new Option('--split <when>', 'split an image over executors')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--verify', 'recompute the result unsplit and fail on any difference', false)
    .option('--no-reuse', 'compute again even if an equal result is stored')
    .option('--overwrite', 'replace existing results', false)
    .option('--skip-existing', 'leave files alone whose result exists', false)
    .option('--parallel <n>', 'files under way at one time', whole(1, 64), 4)
    .addOption(new Option('--progress <how>', 'progress on standard error').choices(['bar', 'plain', 'json', 'none']))
    .option('--json', 'one JSON document on standard output', false)
    .option('--server <url>', 'a Tessera site; without it the work is done in this process')
    .action(async (files: string[], flags: ProcessFlags) => exit(await runProcess(files, flags, deps)));
}

function addOperations(program: Command, deps: CliDeps): void {
  program
    .command('operations')
    .description('list the operations with their parameters')
    .option('--json', 'one JSON document on standard output', false)
    .option('--server <url>', 'a Tessera site; without it this version’s own')
    .action(async (flags: { json: boolean; server?: string }) => {
      const operations = await withServer(flags.server, deps, (client) => client.operations(deps.signal));
      deps.stdout.write(
        flags.json ? `${JSON.stringify({ operations }, undefined, 2)}\n` : operations.map(describe).join('\n'),
      );
    });
}

async function runProcess(files: readonly string[], flags: ProcessFlags, deps: CliDeps): Promise<number> {
  const steps = parseSteps(flags.op);
  const tasks = planOutputs(files, flags.output, flags.format);
  const output = {
    format: flags.format,
    ...(flags.quality !== undefined && { quality: flags.quality }),
    ...(flags.subsampling !== undefined && { subsampling: flags.subsampling }),
  };
  const existing = flags.overwrite ? 'overwrite' : flags.skipExisting ? 'skip' : 'refuse';
  const { split, verify, reuse, parallel } = flags;
  const progress = createProgress(flags.progress ?? defaultMode(deps.stderr), deps.stderr, files.length);
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  try {
    const reports = await withServer(flags.server, deps, async (client) => {
      const board = new JobBoard(client, signal);
      void board.run();
      return processFiles(
        tasks,
        { steps, output, split, verify, reuse, existing, parallel },
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

async function withServer<Answer>(
  server: string | undefined,
  deps: CliDeps,
  run: (client: ApiClient) => Promise<Answer>,
): Promise<Answer> {
  if (server !== undefined) return run(new ApiClient(server));
  const engine = await deps.startEngine();
  try {
    return await run(new ApiClient(engine.url));
  } finally {
    await engine.close();
  }
}

function describe({ op, title, description, params }: OperationDto): string {
  const properties = Object.entries(
    (params.properties ?? {}) as Record<string, { default?: unknown; description?: string }>,
  );
  const lines = properties.map(
    ([name, { default: fallback, description: words }]) => `    ${name}=${String(fallback)}  ${words ?? ''}`,
  );
  return [`${op}  ${title}`, `    ${description}`, ...lines, ''].join('\n');
}

const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}.`);
    return value;
  };

function explain(error: unknown, deps: CliDeps): number {
  if (deps.signal.aborted) {
    deps.stderr.write('Stopped.\n');
    return EXIT.interrupted;
  }
  if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')) {
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  const known = AppError.from(error);
  deps.stderr.write(`tessera: ${known.message}\n`);
  if (known.details.unreachable === true) return EXIT.unreachable;
  return known.code === 'INVALID_PIPELINE' || known.code === 'BAD_REQUEST' ? EXIT.usage : EXIT.unexpected;
}
