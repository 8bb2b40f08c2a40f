import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '@tessera/runtime/app-error';
import { OPERATORS, type OperatorFacts } from './operator.ts';
import type { ExpressionNode } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

const NAMES = ['nir', 'red', 'b1'];

/** The value for bands that are single numbers. */
function valueOf(node: ExpressionNode, bands: Readonly<Record<string, number>>): number {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'band') return bands[node.name]!;
  const { compute }: OperatorFacts = OPERATORS[node.operator];
  const [a = 0, b = 0, c = 0] = node.parts.map((part) => valueOf(part, bands));
  return compute(a, b, c);
}

const valueAt = (text: string, nir: number, red = 0): number =>
  valueOf(parseExpression(text, NAMES).root, { nir, red });

function fault(text: string): { message: string; position: unknown } {
  try {
    parseExpression(text, NAMES);
  } catch (error) {
    if (AppError.is(error) && error.code === 'INVALID_EXPRESSION')
      return { message: error.message, position: error.details.position };
    throw error;
  }
  return expect.fail(`${text} was read`);
}

describe('parseExpression', () => {
  it.each([
    ['-nir ^ 2', -9],
    ['2 ^ -nir', 0.125],
    ['nir ** 2 ** 0', 3],
    ['nir - 1 - 1', 1],
    ['12 / nir / 2', 2],
    ['1 + nir * 2 < 8', 1],
    ['(nir > 2) + (nir > 1)', 2],
    ['where(nir == 3, 5, 7)', 5],
    ['Max(NIR, 4, 1e1)', 10],
    ['clamp(nir, 4, 5) + min(nir, 2)', 6],
    ['- - + nir', 3],
    ['.5*nir+1.5E-1', 1.65],
  ])('reads %s as Python does', (text, wanted) => {
    expect(valueAt(text, 3)).toBe(wanted);
  });

  it('tells which bands are read, once each', () => {
    expect(parseExpression('red + nir * RED - L', NAMES, { L: 0.5 })).toMatchObject({
      bands: ['red', 'nir'],
      constants: { L: 0.5 },
    });
  });

  it.each([
    ['nir +', 6, 'something is missing at the end'],
    ['(nir - red', 11, 'a “)” is missing for the “(” at character 1'],
    ['nir)', 4, '“)” is not expected here'],
    ['nir red', 5, '“red” is not expected here'],
    ['nir @ red', 5, '“@” means nothing here'],
    ['nir + 🌍', 7, '“🌍” means nothing here'],
    ['swir1 - nir', 1, 'there is no band “swir1” here. Bands: nir, red, b1'],
    ['nir + system(1)', 7, 'there is no function “system”'],
    ['where(nir, 1)', 1, '“where” takes 3 values and got 2'],
    ['abs()', 5, '“)” is not expected here'],
    ['nir < red < 1', 11, 'put one of them in parentheses'],
    ['nir + 1 / 0', 9, 'too large'],
    ['nir * 1e39', 7, 'too large'],
    ['1 + 2', 1, 'it reads no band'],
    ['nir.constructor', 4, '“.” means nothing here'],
    ['__proto__ + nir', 1, 'there is no band'],
    ['constructor(nir)', 1, 'there is no function'],
    [`${'('.repeat(40)}nir${')'.repeat(40)}`, 33, 'nested more than 32 deep'],
    [Array<string>(120).fill('nir').join('+'), 400, 'more than 200 parts'],
    ['nir'.padEnd(501), 501, 'longer than 500 characters'],
  ])('refuses %.40s and tells where and why', (text, position, why) => {
    const { message, position: told } = fault(text);
    expect(message).toContain(`at character ${position}: `);
    expect(message).toContain(why);
    expect(told).toBe(position);
  });

  it('reads or refuses whatever it gets', () => {
    const word = fc.constantFrom(
      'nir',
      'red',
      '1',
      '.5',
      '(',
      ')',
      '-',
      '+',
      '*',
      '/',
      '^',
      ',',
      '<',
      'where',
      'min',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word).map((words) => words.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          try {
            return parseExpression(text, NAMES).bands.length > 0;
          } catch (error) {
            if (!AppError.is(error) || error.code !== 'INVALID_EXPRESSION') throw error;
          }
        },
      ),
    );
  });
});
