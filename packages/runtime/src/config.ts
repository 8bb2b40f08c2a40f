import { readFileSync } from 'node:fs';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import { AppError } from './app-error.ts';

/** One variable of the environment: how it is parsed, and the words that describe it to operators. */
export type ConfigShape = Readonly<Record<string, z.ZodType>>;

/**
 * Parses variables against a schema whose keys are their names, and tells all problems at once. Empty strings count as
 * not given. Values are never repeated in the error, for they may be secrets. `NAME_FILE` names a file that holds the
 * value of `NAME`, as container secrets do.
 *
 * @throws AppError INVALID_CONFIG with one line per variable.
 */
export function parseConfig<Shape extends ConfigShape>(
  shape: Shape,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(shape)
      .map((name) => [name, environment[name] || readSecret(name, environment[`${name}_FILE`])] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new AppError('INVALID_CONFIG', {
    message: `The configuration is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    details: { problems },
  });
}

/** The text of a secret's file without the line break at its end. */
function readSecret(name: string, file: string | undefined): string | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (cause) {
    throw new AppError('INVALID_CONFIG', { message: `${name}_FILE: the file can not be read`, cause });
  }
}

/** The process environment over the `.env` file of the working directory. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  const file = readDotenv({ quiet: true, processEnv: {} }).parsed ?? {};
  return { ...file, ...process.env };
}

const int = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Number.NaN);
const decimal = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

/** A whole number between `min` and `max`. */
export function integer(options: { readonly min: number; readonly max?: number; readonly default: number }) {
  return z
    .string()
    .transform(int)
    .pipe(
      z
        .int({ error: 'must be a whole number' })
        .min(options.min)
        .max(options.max ?? Number.MAX_SAFE_INTEGER),
    )
    .default(options.default);
}

/** A decimal number between `min` and `max`. */
export function number(options: { readonly min: number; readonly max: number; readonly default: number }) {
  return z
    .string()
    .transform(decimal)
    .pipe(z.number({ error: 'must be a number' }).min(options.min).max(options.max))
    .default(options.default);
}

/** `true` or `false`. */
export function flag(fallback: boolean) {
  return z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .default(fallback);
}
