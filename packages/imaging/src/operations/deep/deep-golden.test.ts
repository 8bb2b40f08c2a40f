import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { OPERATIONS, stepSchema } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { worksIn } from '../../plan/check-depth.ts';
import { bytesOf } from '../../raster.ts';
import { runWhole } from '../run-on-grid.fixture.ts';
import type { DeepRaster } from './deep-raster.ts';

interface Packed {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Deflated, in base64. */
  readonly pixels: string;
}

/** A step, and what other programs make by it of a picture of 16 bits. */
type Case = {
  readonly op: string;
  readonly params: Record<string, unknown>;
  readonly input: string;
} & ({ readonly digest: string } | (Packed & { readonly tolerance: number }));

interface Goldens {
  readonly inputs: Readonly<Record<string, Packed>>;
  readonly cases: readonly Case[];
}

const file = new URL('../../../../../fixtures/operations/deep.json', import.meta.url);
const { inputs, cases } = JSON.parse(readFileSync(file, 'utf8')) as Goldens;

function unpack({ width, height, channels, pixels }: Packed): DeepRaster {
  const bytes = new Uint8Array(inflateSync(Buffer.from(pixels, 'base64')));
  return { width, height, channels, data: new Uint16Array(bytes.buffer, 0, bytes.length / 2) };
}

/** Texts are stood for by the input of that name. */
function input(name: string): DeepRaster {
  const packed = inputs[/^text \["([^"]*)"/.exec(name)?.[1] ?? name];
  return packed ? unpack(packed) : expect.fail(`no input ${name}`);
}

function digest({ width, height, channels, data }: DeepRaster): string {
  const size = `${String(width)} ${String(height)} ${String(channels)}\n`;
  return createHash('sha256').update(size).update(bytesOf(data)).digest('hex').slice(0, 32);
}

describe.each(OPERATIONS.map(({ op }) => op).filter((op) => worksIn({ op }, 16)))('%s in 16 bits', (op) => {
  it('makes of pictures what other programs make', () => {
    const own = cases.filter((candidate) => candidate.op === op);
    expect(own).not.toHaveLength(0);
    for (const golden of own) {
      const where = `${golden.input} ${JSON.stringify(golden.params)}`;
      const step = stepSchema.parse({ op, params: golden.params });
      const made = runWhole(step.op, input(golden.input), step.params, input);
      if ('digest' in golden) expect(digest(made), where).toBe(golden.digest);
      else {
        const wanted = unpack(golden);
        expect(made, where).toMatchObject({ width: wanted.width, height: wanted.height, channels: wanted.channels });
        const most = wanted.data.reduce((far, level, at) => Math.max(far, Math.abs(level - made.data[at]!)), 0);
        expect(most, where).toBeLessThanOrEqual(golden.tolerance);
      }
    }
  });
});
