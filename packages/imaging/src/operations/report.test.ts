import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { reportSchema, stepSchema, type Size } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bind } from '../pass/halo.ts';
import { stateOnGrid } from './run-on-grid.fixture.ts';

/** What an operation finds out of an input, as another program computed it. */
interface Case {
  readonly op: string;
  readonly params: Record<string, unknown>;
  readonly input: string;
  readonly report: unknown;
}

const folder = new URL('../../../../fixtures/operations/', import.meta.url);
const read = (path: string): Buffer => readFileSync(new URL(path, folder));
const cases = JSON.parse(read('reports.json').toString()) as readonly Case[];
const { inputs } = JSON.parse(read('cases.json').toString()) as {
  readonly inputs: Readonly<Record<string, Size & { readonly channels: number }>>;
};

/** Floating point numbers of two programs may differ in their last digits. */
function near(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) return expect.closeTo(value, 9) as unknown;
  if (Array.isArray(value)) return value.map(near);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, near(inner)]));
}

describe('what operations find out', () => {
  it.each(cases)('is what others compute: $op of $input', ({ op, params, input, report }) => {
    const facts = inputs[input];
    const { operation, params: complete } = bind(stepSchema.parse({ op, params }));
    if (facts === undefined || operation.kind !== 'global') return expect.fail('no such case');
    const picture = { ...facts, data: new Uint8Array(inflateSync(read(`inputs/${input}.raw.z`))) };
    const side = fc.integer({ min: 1, max: 120 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const state = stateOnGrid(operation, picture, complete, { width, height });
        expect(reportSchema.parse(operation.report?.(state, facts, complete))).toEqual(near(report));
      }),
      { numRuns: 4 },
    );
  });
});
