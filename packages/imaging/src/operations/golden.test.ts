import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { OPERATIONS, stepSchema } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../raster.ts';
import { runWhole } from './run-on-grid.fixture.ts';

interface Facts {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** One step, and what OpenCV makes by it. */
interface Case {
  readonly op: string;
  readonly params: Record<string, unknown>;
  /** Most levels that a sample may differ by, where OpenCV computes with floating point numbers; else none. */
  readonly tolerance?: number;
  /** Most samples that may be wholly different, as a share, where rounding decides between black and white; else none. */
  readonly differing?: number;
  /** Which one of the operation's steps this is. */
  readonly number: number;
  /** By input, the digest of the result. */
  readonly results: Readonly<Record<string, string>>;
  /** Inputs for which the result itself is kept. */
  readonly kept: readonly string[];
}

interface Goldens {
  readonly inputs: Readonly<Record<string, Facts>>;
  readonly cases: readonly Case[];
}

const folder = new URL('../../../../fixtures/operations/', import.meta.url);
const read = (path: string): Uint8Array => new Uint8Array(inflateSync(readFileSync(new URL(path, folder))));
const { inputs, cases } = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as Goldens;
const pictures = new Map<string, Raster>(
  Object.entries(inputs).map(([name, facts]) => [name, { ...facts, data: read(`inputs/${name}.raw.z`) }]),
);

/** Texts are stood for by the input of that name. */
function otherInput(name: string): Raster {
  const input = /^text \["([^"]*)"/.exec(name)?.[1] ?? name;
  return pictures.get(input) ?? expect.fail(`no input ${input}`);
}

function run({ op, params }: Case, input: string): Raster {
  const step = stepSchema.parse({ op, params });
  const picture = pictures.get(input);
  if (picture === undefined) return expect.fail(`no input ${input}`);
  return runWhole(step.op, picture, step.params, otherInput);
}

function digest({ width, height, channels, data }: Raster): string {
  const size = `${String(width)} ${String(height)} ${String(channels)}\n`;
  return createHash('sha256').update(size).update(data).digest('hex').slice(0, 32);
}

describe.each(OPERATIONS.map(({ op }) => op))('%s', (op) => {
  const own = cases.filter((candidate) => candidate.op === op);

  it('has the pixels of OpenCV where they are kept', () => {
    expect(own.flatMap(({ kept }) => kept)).not.toHaveLength(0);
    for (const golden of own) {
      for (const input of golden.kept) {
        const { data } = run(golden, input);
        const wanted = read(`expected/${input}.${op}.${String(golden.number)}.raw.z`);
        const most = golden.tolerance ?? 0;
        const wrong = wanted.filter((value, index) => !(Math.abs(value - data[index]!) <= most)).length;
        const where = `${input} ${JSON.stringify(golden.params)}`;
        expect(data.length, where).toBe(wanted.length);
        expect(wrong, where).toBeLessThanOrEqual((golden.differing ?? 0) * wanted.length);
      }
    }
  });

  it('equals OpenCV bit for bit where it computes with whole numbers', () => {
    const exact = own.filter(({ tolerance, differing }) => tolerance === undefined && differing === undefined);
    const wrong = exact.flatMap((golden) =>
      Object.entries(golden.results)
        .filter(([input, wanted]) => digest(run(golden, input)) !== wanted)
        .map(([input]) => `${input} ${JSON.stringify(golden.params)}`),
    );
    expect(wrong).toEqual([]);
  });
});
