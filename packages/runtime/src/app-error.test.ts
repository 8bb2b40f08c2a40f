import { ERROR_CODES } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { AppError } from './app-error.ts';

describe('AppError', () => {
  it('takes its sentence and whether to retry from the table', () => {
    const error = new AppError('STORE_UNAVAILABLE');
    expect([error.message, error.retryable]).toEqual([ERROR_CODES.STORE_UNAVAILABLE.message, true]);
  });

  it('keeps what is one and wraps what is none, with the cause', () => {
    const known = new AppError('NOT_FOUND');
    const cause = new TypeError('deep inside');
    expect(AppError.from(known)).toBe(known);
    expect(AppError.from(cause)).toMatchObject({ code: 'INTERNAL', cause });
    expect(AppError.from(cause).message).not.toContain('deep inside');
  });
});
