import { OPERATIONS, PRESETS } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import parameters from '../../messages/en/parameters.json' with { type: 'json' };
import { catalogue } from './draft-fixture.ts';
import { fieldsOf } from './field.ts';

interface Words {
  readonly title: string;
  readonly about: string;
}
const operations: Readonly<Record<string, Words>> = en.pipeline.operations;

describe('the words of the catalogue', () => {
  it.each(OPERATIONS.map((operation) => [operation.op, operation] as const))(
    'say of %s what the server says',
    (op, operation) => {
      expect(operations[op]).toMatchObject({ title: operation.title, about: operation.description });
      const fields = fieldsOf(catalogue.find((candidate) => candidate.op === op)?.params);
      const said: Readonly<Record<string, object>> = parameters;
      expect(said[op] ?? {}).toEqual(
        Object.fromEntries(
          fields.map(({ name, label, hint, ...field }) => {
            const named = field.kind === 'choice' && field.options.some(({ value }) => typeof value === 'string');
            if (!named) return [name, { label, hint }];
            const options: unknown = Object.fromEntries(field.options.map(({ value }) => [value, expect.any(String)]));
            return [name, { label, hint, options }];
          }),
        ),
      );
    },
  );

  it('name every preset of several operations, and every category', () => {
    const combinations = PRESETS.filter(({ group }) => group === 'combination').map(({ id }) => id);
    expect(Object.keys(en.pipeline.presets).toSorted()).toEqual(combinations.toSorted());
    const categories = [...new Set(OPERATIONS.map(({ category }) => category.replaceAll(' ', '-')))];
    expect(Object.keys(en.pipeline.categories).toSorted()).toEqual(categories.toSorted());
  });
});
