import { ERROR_CODES, isErrorCode } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { ar } from '../../messages/ar/index.ts';
import { en } from '../../messages/en/index.ts';
import { mayPass } from './use-explanation.ts';

describe('the words of problems', () => {
  it.each([
    ['English', en.problem],
    ['Arabic', ar.problem],
  ])('say in %s what happened for every code', (_, { what }) => {
    const codes = [...Object.keys(ERROR_CODES).filter(isErrorCode), 'UNREACHABLE' as const];
    expect(Object.keys(what).toSorted()).toEqual(codes.toSorted());
    for (const sentence of Object.values(what)) expect(sentence).toMatch(/\.$/);
  });

  it('advise to try again only where that may help', () => {
    expect(mayPass('DECODE_TIMEOUT')).toBe(true);
    expect(mayPass('UNREACHABLE')).toBe(true);
    expect(mayPass('VERIFY_MISMATCH')).toBe(false);
  });
});
