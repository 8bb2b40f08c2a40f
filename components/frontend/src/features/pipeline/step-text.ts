import type { DraftStep } from './draft.ts';
import type { FieldValue } from './field.ts';

/** Between steps, and within one between its parts: signs that addresses do not escape. */
const BETWEEN = '*';
const WITHIN = '_';
const OFF = '-';

const OP = /^[a-z][a-z0-9-]{0,40}$/;
const NAME = /^[A-Za-z][A-Za-z0-9]{0,40}$/;
const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/;

function writeValue(value: FieldValue): string {
  if (typeof value !== 'string') return String(value);
  return `'${encodeURIComponent(value).replaceAll(WITHIN, '%5F').replaceAll(BETWEEN, '%2A')}`;
}

function readValue(text: string): FieldValue | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  if (NUMBER.test(text)) return Number(text);
  if (!text.startsWith("'")) return undefined;
  try {
    return decodeURIComponent(text.slice(1));
  } catch {
    return undefined;
  }
}

function readStep(text: string): Omit<DraftStep, 'id'> | undefined {
  const off = text.startsWith(OFF);
  const [op = '', ...rest] = text.slice(off ? 1 : 0).split(WITHIN);
  if (!OP.test(op)) return undefined;
  const params: Record<string, FieldValue> = {};
  for (let index = 0; index < rest.length; index += 2) {
    const name = rest[index] ?? '';
    const value = readValue(rest[index + 1] ?? '');
    if (NAME.test(name) && value !== undefined) params[name] = value;
  }
  return { op, params: params, ...(off && { off }) };
}

/** Writes steps in one short line: `gaussian-blur_ksize_9_sigma_0*-canny_low_100`; a step switched off begins with `-`. */
export function writeSteps(steps: readonly Omit<DraftStep, 'id'>[]): string {
  return steps
    .map(({ op, params, off }) => {
      const settings = Object.entries(params).flatMap(([name, value]) => [name, writeValue(value)]);
      return (off ? OFF : '') + [op, ...settings].join(WITHIN);
    })
    .join(BETWEEN);
}

/** Reads what `writeSteps` wrote; what can not be read is left out. */
export function readSteps(text: string): readonly Omit<DraftStep, 'id'>[] {
  return text.split(BETWEEN).flatMap((step) => readStep(step) ?? []);
}
