import { OPERATIONS } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fallbacksOf, fieldsOf, problemOf, type NumberField } from './field.ts';

const schemaOf = (op: string): unknown => {
  const operation = OPERATIONS.find((candidate) => candidate.op === op);
  return operation && z.toJSONSchema(operation.params, { io: 'input' });
};

describe('fieldsOf', () => {
  it('asks for every parameter of every operation, starting with the defaults', () => {
    for (const { op, params } of OPERATIONS) {
      const fields = fieldsOf(schemaOf(op));
      expect(fallbacksOf(fields)).toEqual(params.parse({}));
      // No image can be chosen beforehand.
      const open = fields.filter((field) => problemOf(field, field.fallback));
      expect(open.filter(({ kind }) => kind !== 'image')).toEqual([]);
      expect(fields.every(({ hint }) => hint !== '')).toBe(true);
    }
  });

  it('makes numbers, choices and switches of what Canny takes', () => {
    const [low, , aperture, l2] = fieldsOf(schemaOf('canny'));
    expect(low).toMatchObject({
      kind: 'number',
      name: 'low',
      fallback: 100,
      min: 0,
      max: 10000,
      step: 1,
      integer: false,
    });
    expect(aperture).toMatchObject({
      kind: 'choice',
      fallback: 3,
      options: [{ value: 3 }, { value: 5 }, { value: 7 }],
    });
    expect(l2).toMatchObject({ kind: 'switch', fallback: false });
  });

  it('reads titles, enums and odd numbers', () => {
    const schema = {
      properties: {
        kernelSide: { type: 'integer', minimum: 1, maximum: 9, default: 3, not: { multipleOf: 2 } },
        mode: { enum: ['fast', 'exact'], default: 'exact', title: 'How' },
        note: { type: 'string' },
      },
    };
    expect(fieldsOf(schema)).toMatchObject([
      { kind: 'number', label: 'Kernel side', step: 2, notMultipleOf: 2 },
      { kind: 'choice', label: 'How', fallback: 'exact' },
    ]);
  });

  it('makes no form of what is no schema', () => {
    for (const nothing of [undefined, null, 3, {}, { properties: 'x' }]) expect(fieldsOf(nothing)).toEqual([]);
  });
});

describe('problemOf', () => {
  const field: NumberField = {
    kind: 'number',
    name: 'k',
    label: 'K',
    hint: '',
    fallback: 3,
    min: 1,
    max: 9,
    step: 2,
    integer: true,
    notMultipleOf: 2,
  };
  it.each([
    [3, undefined],
    [0, { reason: 'min', bound: 1 }],
    [11, { reason: 'max', bound: 9 }],
    [2.5, { reason: 'whole' }],
    [4, { reason: 'odd' }],
    [Number.NaN, { reason: 'number' }],
    ['', { reason: 'number' }],
  ])('says of %s: %s', (value, problem) => {
    expect(problemOf(field, value)).toEqual(problem);
  });
});
