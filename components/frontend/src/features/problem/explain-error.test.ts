import { ERROR_CODES, isErrorCode } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { explainError } from './explain-error.ts';

describe('explainError', () => {
  it('says what is safe and what to do for every code', () => {
    for (const code of [...Object.keys(ERROR_CODES).filter(isErrorCode), 'UNREACHABLE' as const]) {
      const { safe, next } = explainError(code, 'job');
      expect(safe).toMatch(/\.$/);
      expect(next).toMatch(/\.$/);
    }
  });

  it('advises to try again only where that may help', () => {
    expect(explainError('DECODE_TIMEOUT', 'job').next).toContain('Try again');
    expect(explainError('VERIFY_MISMATCH', 'job').next).not.toContain('Try again');
  });
});
