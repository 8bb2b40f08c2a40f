import { AppError } from '@tessera/runtime/app-error';
import { Command } from 'commander';
import type { CliDeps } from './commands/deps.ts';
import { addBandMath, addIndices } from './commands/index-products.ts';
import { addMedian } from './commands/median.ts';
import { addMosaic } from './commands/mosaic.ts';
import { addOperations } from './commands/operations.ts';
import { addProcess } from './commands/process.ts';
import { addSubmit } from './commands/submit.ts';
import { EXIT } from './exit-code.ts';

const EXAMPLES = `
Examples:
  tessera process photo.jpg --op gaussian-blur:ksize=9 --op canny -o out/
  tessera process scans/*.tif --op median --format tiff --split always --verify -o out/ --server https://images.example
  tessera submit holiday/ --op sharpen --download sharp/ --server https://images.example
  tessera operations
  tessera ndvi --nir B08.tif --red B04.tif -o ndvi.tif
  tessera median --scenes 'year/*.tif' -o median.tif
  tessera mosaic --bbox 11.4,48.0,11.8,48.3 --from 2024-06-01 --to 2024-08-31 --collection sentinel-2-l2a --index ndvi -o ndvi.tif`;

const EXIT_CODES = `
Exit codes: 0 all done, 2 wrong usage, 3 some files failed, 4 refused before work began, 5 server unreachable,
7 the job failed, 130 interrupted, 1 anything else.`;

/** Runs the command line tool and gives its exit code. Results go to standard output, everything else to standard error. */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  let code: number = EXIT.done;
  const exit = (given: number): void => {
    code = given;
  };
  const program = new Command('tessera')
    .description('Processes images and satellite rasters, heavy ones split over machines, exact to the pixel.')
    .addHelpText('after', EXAMPLES + '\n' + EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeOut: (text) => deps.stdout.write(text), writeErr: (text) => deps.stderr.write(text) });
  addProcess(program, deps, exit);
  addSubmit(program, deps, exit);
  addOperations(program, deps);
  addIndices(program, deps, exit);
  addBandMath(program, deps, exit);
  addMedian(program, deps, exit);
  addMosaic(program, deps, exit);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, deps);
  }
}

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
