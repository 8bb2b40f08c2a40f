import fc from 'fast-check';
import { isAbsolute, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { checkKey, checkPrefix, compareKeys } from './object-key.ts';

const passes = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

const hostile = fc
  .array(fc.oneof(fc.constantFrom('..', '.', '', '/', '\\', '\0', '~', ' ', 'a', 'é', '%2e%2e'), fc.string()), {
    maxLength: 6,
  })
  .map((parts) => parts.join('/'));

test('no key that passes leaves the folder it is joined to', () => {
  fc.assert(
    fc.property(hostile, (key) => {
      if (!passes(() => checkKey(key))) return;
      const path = relative('/root', join('/root', key));
      expect(path).toBe(key);
      expect(path.startsWith('..') || isAbsolute(path)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('every beginning of a key is a prefix', () => {
  fc.assert(
    fc.property(hostile, fc.nat(), (key, cut) => {
      if (!passes(() => checkKey(key))) return;
      const characters = [...key];
      expect(passes(() => checkPrefix(characters.slice(0, cut % (characters.length + 1)).join('')))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('keys are ordered by code points, not by UTF-16 units', () => {
  expect(compareKeys('\uff5e', '😀')).toBeLessThan(0);
  expect(['😀', '\uff5e'].toSorted()).toEqual(['😀', '\uff5e']);
});
