import { readFile } from 'node:fs/promises';
import { costTableSchema } from '@tessera/contracts';
import { DEFAULT_COSTS, withMeasured, type CostTable } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';

/**
 * The costs that jobs are planned by: those of the program, or what `npm run calibrate` wrote to a file.
 *
 * @throws AppError INVALID_CONFIG if the file can not be read or is no such table.
 */
export async function readCosts(file: string | undefined): Promise<CostTable> {
  if (file === undefined) return DEFAULT_COSTS;
  try {
    return withMeasured(costTableSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch (cause) {
    throw new AppError('INVALID_CONFIG', {
      message: `COSTS_FILE: ${file} is no table of costs that can be read; make one with npm run calibrate.`,
      cause,
    });
  }
}
