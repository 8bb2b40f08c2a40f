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

interface Case extends Facts {
  readonly input: string;
  readonly op: string;
  readonly params: Record<string, unknown>;
  readonly sha256: string;
  /** Most levels that a sample may differ by, where OpenCV computes with floating point numbers; else none. */
  readonly tolerance?: number;
  /** Most samples that may be wholly different, as a share, where rounding decides between black and white; else none. */
  readonly differing?: number;
  readonly file?: string;
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

function run({ input, op, params }: Case): Raster {
  const step = stepSchema.parse({ op, params });
  const picture = pictures.get(input);
  if (picture === undefined) return expect.fail(`no input ${input}`);
  return runWhole(step.op, picture, step.params);
}

describe.each(OPERATIONS.map(({ op }) => op))('%s', (op) => {
  const own = cases.filter((candidate) => candidate.op === op);

  it('has the pixels of OpenCV where they are kept to look at', () => {
    const kept = own.filter(({ file }) => file !== undefined);
    expect(kept).not.toHaveLength(0);
    for (const golden of kept) {
      const { data } = run(golden);
      const wanted = read(golden.file ?? '');
      const most = golden.tolerance ?? 0;
      const wrong = wanted.filter((value, index) => !(Math.abs(value - data[index]!) <= most)).length;
      const where = `${golden.input} ${JSON.stringify(golden.params)}`;
      expect(data.length, where).toBe(wanted.length);
      expect(wrong, where).toBeLessThanOrEqual((golden.differing ?? 0) * wanted.length);
    }
  });

  it('equals OpenCV bit for bit where it computes with whole numbers', () => {
    const wrong = own.filter((golden) => {
      const { width, height, channels, data } = run(golden);
      const digest = createHash('sha256').update(data).digest('hex');
      return (
        (golden.tolerance === undefined && golden.differing === undefined && digest !== golden.sha256) ||
        width !== golden.width ||
        height !== golden.height ||
        channels !== golden.channels ||
        data.length !== width * height * channels
      );
    });
    expect(wrong.map(({ input, params }) => `${input} ${JSON.stringify(params)}`)).toEqual([]);
  });
});
