import { INDICES, rasterIndexSchema, type SampleType } from '@tessera/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { computeIndex } from './compute-index.ts';
import { indexExpression } from './index-expression.ts';
import { askNumpy, type OracleAnswer, type OracleCase } from './numpy-oracle.fixture.ts';
import { parseExpression } from './parse-expression.ts';
import { compileExpression } from './program.ts';
import { scalarRegisters } from './registers.ts';
import { runProgram } from './run-program.ts';

const TYPES = Object.keys(SAMPLE_TYPES) as SampleType[];

const EXPRESSIONS = [
  'where(nir + red > 0, (nir - red) / (nir + red), 0)',
  'where(nir >= red, nir, -red) * 2 - 1 / 3',
  'where(nir < 0.1, 1, where(nir == red, 2, 3)) / (nir != blue)',
  'sqrt(abs(nir - red)) / max(nir, red, 1e-6)',
  'clamp((nir - red) / (nir + red), -0.25, 0.75)',
  'min(nir, red, blue) + max(nir, 0.5)',
  '-nir ^ 2 + (red ^ 0.5) / nir ^ -1 - blue ^ 1',
  'floor(nir / 7) + ceil(red / 3) - round(nir / 2)',
  'nir - red - blue / nir / red * (1 + 2 * 3) - -blue',
  'nir <= red',
  '((nir))*.5+2.5e-1*red',
];
const EXPONENTIALS = ['exp(nir / 100)', 'log(nir)', 'exp(-red) * log(nir + 0.5)'];
const UNSURE_IN_NUMPY = ['exp(nir / 100)', 'log(nir)', 'abs(nir) ^ 1.7', '1.01 ^ red', 'nir ^ red'];

function run({ case: { text, constants, scale = 1, offset = 0 }, type, bands }: OracleAnswer) {
  const names = Object.keys(bands);
  const expression = parseExpression(text, names, constants);
  const samples = Object.values(bands);
  const scaling = { scale, offset };
  const block = {
    x: 0,
    y: 0,
    width: samples[0]!.length,
    height: 1,
    type,
    bands: samples,
    valid: samples.map(() => undefined),
  };
  const used = Object.fromEntries(names.map((name, band) => [name, { band, scaling }]));
  const { bands: results, valid } = computeIndex(block, { expression, bands: used });
  // The machine without vectors defines what is right.
  const program = compileExpression(expression);
  const inputs = program.bands.map((name) => ({ samples: bands[name]!, scaling }));
  const scalar = new Float32Array(block.width);
  const take = (chunk: Float32Array, start: number) => scalar.set(chunk, start);
  runProgram(program, inputs, block.width, take, scalarRegisters(program.registers));
  return { results: results[0] as Float32Array, valid: valid[0], scalar };
}

const bits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;

/** The first sample that is not numpy's, with its inputs. */
function firstDifference(answer: OracleAnswer): unknown {
  const { results, valid, scalar } = run(answer);
  for (const [i, wanted] of answer.wanted.entries()) {
    const finite = Number.isFinite(wanted);
    const good = finite ? bits(results[i]!) === bits(wanted) : bits(results[i]!) === 0x7fc0_0000;
    if (good && (valid?.[i] ?? 1) === Number(finite) && Object.is(scalar[i], finite ? results[i] : wanted)) continue;
    const inputs = Object.values(answer.bands).map((samples) => samples[i]);
    return { ...answer.case, inputs, wanted, got: results[i], scalar: scalar[i], valid: valid?.[i] };
  }
  return undefined;
}

const reflectances = { scale: 0.0000275, offset: -0.2 };
const indices = (names: readonly string[]) => names.map((index) => indexExpression(rasterIndexSchema.parse({ index })));

const CASES = {
  'indices of Landsat': indices(INDICES.map(({ index }) => index)).flatMap(({ text, constants }) =>
    [{}, reflectances].map((scaling) => ({ input: 'landsat', text, constants, ...scaling }) as const),
  ),
  'indices of the ends and remarkable values of every type': TYPES.flatMap((input) =>
    indices(['ndvi', 'evi', 'savi']).flatMap(({ text, constants }) =>
      [{}, { scale: 0.0001, offset: -0.1 }].map((scaling) => ({ input, text, constants, ...scaling })),
    ),
  ),
  'expressions, read by Python': (['landsat', 'uint8', 'int16', 'float32'] as const).flatMap((input) =>
    EXPRESSIONS.map((text) => ({ input, text })),
  ),
  'exponentials and logarithms of double precision, rounded once': (['landsat', 'uint8', 'float32'] as const).flatMap(
    (input) => EXPONENTIALS.map((text) => ({ input, text })),
  ),
} satisfies Record<string, readonly OracleCase[]>;

const UNSURE = UNSURE_IN_NUMPY.map((text) => ({ input: 'float32', text, own: true }) as const);

describe('results are those of rasterio and numpy', () => {
  let answers: readonly OracleAnswer[];
  beforeAll(async () => {
    answers = await askNumpy([...Object.values(CASES).flat(), ...UNSURE]);
  });
  const answersTo = (cases: readonly OracleCase[]) => answers.filter((answer) => cases.includes(answer.case));

  it.each(Object.entries<readonly OracleCase[]>(CASES))('to the last bit: %s', (_name, cases) => {
    const asked = answersTo(cases);
    expect(asked).toHaveLength(cases.length);
    expect(asked.map(firstDifference).filter((difference) => difference !== undefined)).toEqual([]);
  });

  it('within 4 units in the last place where numpy itself promises no more', () => {
    const far = answersTo(UNSURE).flatMap((answer) => {
      const { results } = run(answer);
      return Array.from(answer.wanted).flatMap((wanted, i) => {
        const both = [wanted, results[i]!];
        const near = both.some(Number.isFinite)
          ? both.every(Number.isFinite) && Math.abs(bits(wanted) - bits(results[i]!)) <= 4
          : true;
        return near ? [] : [{ ...answer.case, i, both }];
      });
    });
    expect(far).toEqual([]);
  });
});
