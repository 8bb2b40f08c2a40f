import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniqueNames } from './unique-names.ts';

test('names that meet are numbered before their extension, in any case of letters', () => {
  expect(uniqueNames(['a.png', 'A.PNG', 'b', 'a.png', 'a (2).png', 'b', 'x.tar.gz', 'x.tar.gz'])).toEqual([
    'a.png',
    'A (2).PNG',
    'b',
    'a (3).png',
    'a (2) (2).png',
    'b (2)',
    'x.tar.gz',
    'x.tar (2).gz',
  ]);
});

test('law: all are unique, and the first of a name keeps it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a.png', 'A.png', 'a (2).png', 'b', 'b (2)', 'é', 'e\u0301')), (names) => {
      const unique = uniqueNames(names);
      expect(new Set(unique.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
      if (names[0] !== undefined) expect(unique[0]).toBe(names[0]);
      expect(uniqueNames(names)).toEqual(unique);
    }),
  );
});

test('a thousand of one name are numbered quickly', () => {
  expect(uniqueNames(Array.from({ length: 5000 }, () => 'a.png')).at(-1)).toBe('a (5000).png');
});
