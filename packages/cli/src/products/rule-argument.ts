import type { CompositeRule } from '@tessera/contracts';
import { InvalidArgumentError } from 'commander';

const PLAIN = ['median', 'mean', 'max', 'min', 'count', 'clear-count'] as const;

/** Every rule as it is written on a command line. */
export const RULES = ['median-luminance', 'median-luminance=course', ...PLAIN, 'percentile=P'] as const;

/** Reads how the samples of many scenes become one. */
export function parseRule(text: string): CompositeRule {
  if (text === 'median-luminance') return { kind: text, mode: 'exact' };
  if (text === 'median-luminance=course') return { kind: 'median-luminance', mode: 'course' };
  const plain = PLAIN.find((rule) => rule === text);
  if (plain !== undefined) return { kind: plain };
  const [, digits] = /^percentile=(\d+\.?\d*|\.\d+)$/.exec(text) ?? [];
  if (digits !== undefined && Number(digits) <= 100) return { kind: 'percentile', p: Number(digits) };
  throw new InvalidArgumentError(`must be one of ${RULES.join(', ')} with P from 0 to 100.`);
}

/**
 * Makes a reader of whole numbers that are separated by commas.
 *
 * @param least smallest one allowed; `count` how many there must be.
 */
export function wholeNumbers(least: number, count?: number): (text: string) => readonly number[] {
  return (text) => {
    const values = text.split(',').map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
    if (values.some((value) => !(value >= least)) || (count !== undefined && values.length !== count)) {
      const number = count === undefined ? 'whole numbers' : `${String(count)} whole numbers`;
      throw new InvalidArgumentError(`must be ${number} from ${String(least)} on, separated by commas.`);
    }
    return values;
  };
}
