import { existsSync } from 'node:fs';
import { OPERATIONS, PRESETS } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import catalogueWords from '../../messages/en/catalogue.json' with { type: 'json' };
import { en } from '../../messages/en/index.ts';
import parameters from '../../messages/en/parameters.json' with { type: 'json' };
import { catalogue } from './draft-fixture.ts';
import { fieldsOf } from './field.ts';

const titles: Readonly<Record<string, { readonly title: string }>> = en.pipeline.operations;
const operations: Readonly<Record<string, { readonly about: string }>> = catalogueWords.operations;

describe('the words of the catalogue', () => {
  it.each(OPERATIONS.map((operation) => [operation.op, operation] as const))(
    'say of %s what the server says',
    (op, operation) => {
      expect(titles[op]?.title).toBe(operation.title);
      expect(operations[op]?.about).toBe(operation.description);
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

  it('stand beside a picture of each operation and preset', () => {
    const all = [...OPERATIONS.map(({ op }) => op), ...PRESETS.map(({ id }) => id)];
    const missing = all.filter((id) => !existsSync(new URL(`../../../public/examples/${id}.webp`, import.meta.url)));
    expect(missing).toEqual([]);
  });

  it('name every preset of several operations, and every category', () => {
    const combinations = PRESETS.filter(({ group }) => group === 'combination').map(({ id }) => id);
    expect(Object.keys(en.pipeline.presets).toSorted()).toEqual(combinations.toSorted());
    expect(Object.keys(catalogueWords.presets).toSorted()).toEqual(combinations.toSorted());
    const categories = [...new Set(OPERATIONS.map(({ category }) => category.replaceAll(' ', '-')))];
    expect(Object.keys(en.pipeline.categories).toSorted()).toEqual(categories.toSorted());
  });
});
