import { OPERATIONS, outputFormatSchema, type OperationDto } from '@tessera/contracts';
import fc from 'fast-check';
import * as z from 'zod';
import { fieldsOf, type Field } from './field.ts';
import { changeDraft, EMPTY_DRAFT, MOST_STEPS, type Draft, type DraftChange } from './draft.ts';

/** The catalogue as the server gives it. */
export const catalogue: readonly OperationDto[] = OPERATIONS.map(({ params, ...operation }) => ({
  ...operation,
  kind: 'point',
  depths: [8],
  params: z.toJSONSchema(params, { io: 'input' }),
}));

export const operation = (op: string): OperationDto =>
  catalogue.find((candidate) => candidate.op === op) ?? ({} as OperationDto);
export const add = (op: string): DraftChange => ({ type: 'add', operation: operation(op) });
export const after = (...changes: DraftChange[]): Draft => changes.reduce(changeDraft, EMPTY_DRAFT);

function valueOf(field: Field): fc.Arbitrary<number | string | boolean> {
  if (field.kind === 'switch') return fc.boolean();
  if (field.kind === 'choice') return fc.constantFrom(...field.options.map(({ value }) => value));
  // Fields may also hold what was typed half. JSON knows no −0.
  return fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.integer(),
    fc.string({ maxLength: 4 }),
  );
}

const stepArbitrary = fc.constantFrom(...catalogue).chain(({ op, params }) =>
  fc.record({
    op: fc.constant(op),
    params: fc.record(Object.fromEntries(fieldsOf(params).map((field) => [field.name, valueOf(field)]))),
    off: fc.boolean(),
  }),
);

const outputArbitrary = fc.record({
  format: fc.constantFrom(...outputFormatSchema.options),
  quality: fc.integer({ min: 1, max: 100 }),
  subsampling: fc.constantFrom('4:2:0' as const, '4:4:4' as const),
  metadata: fc.constantFrom('strip' as const, 'keep' as const),
  depth: fc.constantFrom('keep' as const, 8 as const),
  split: fc.constantFrom('auto' as const, 'always' as const, 'never' as const),
  strategy: fc.constantFrom('balanced' as const, 'random' as const),
  verify: fc.boolean(),
});

/** Any draft that can be composed. */
export const draftArbitrary: fc.Arbitrary<Draft> = fc
  .record({ steps: fc.array(stepArbitrary, { maxLength: MOST_STEPS }), output: outputArbitrary })
  .map(({ steps, output }) =>
    changeDraft(EMPTY_DRAFT, {
      type: 'load',
      steps: steps.map(({ op, params, off }) => ({ op, params, ...(off && { off: true as const }) })),
      output,
    }),
  );

/** Any change; ids and places may be wrong. */
export const changeArbitrary: fc.Arbitrary<DraftChange> = fc.oneof(
  fc.record({ type: fc.constant('add' as const), operation: fc.constantFrom(...catalogue) }),
  fc.record({ type: fc.constantFrom('remove' as const, 'duplicate' as const), id: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ type: fc.constant('switch' as const), id: fc.integer({ min: 0, max: 9 }), on: fc.boolean() }),
  fc.record({
    type: fc.constant('place' as const),
    id: fc.integer({ min: 0, max: 9 }),
    to: fc.integer({ min: -1, max: 9 }),
  }),
  fc.record({
    type: fc.constant('set' as const),
    id: fc.integer({ min: 0, max: 9 }),
    name: fc.constantFrom('ksize', 'low'),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  outputArbitrary.map((changes) => ({ type: 'output' as const, changes })),
  fc.integer({ min: 1, max: 100 }).map((quality) => ({ type: 'output' as const, changes: { quality } })),
);
