import { AppError } from '@tessera/runtime';
import type { ByteRange } from './object-store.ts';

/** A range whose both ends are known: bytes `start … end - 1`. */
export interface ExactRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Checks what can be checked of a range without knowing the object: whole numbers, `0 ≤ start ≤ end`.
 *
 * @throws AppError RANGE_NOT_SATISFIABLE
 */
export function checkRange(key: string, range: ByteRange): void {
  const { start, end } = range;
  const sound =
    Number.isSafeInteger(start) && start >= 0 && (end === undefined || (Number.isSafeInteger(end) && end >= start));
  if (!sound) throw outside(key, range);
}

/**
 * Resolves a range against the object's length in bytes. Empty ranges within the object, its end included, are
 * allowed.
 *
 * @throws AppError RANGE_NOT_SATISFIABLE if any byte asked for does not exist.
 */
export function resolveRange(key: string, range: ByteRange | undefined, bytes: number): ExactRange {
  if (range === undefined) return { start: 0, end: bytes };
  checkRange(key, range);
  const end = range.end ?? bytes;
  if (range.start > bytes || end > bytes) throw outside(key, range, bytes);
  return { start: range.start, end };
}

/** The error for a range that the object does not hold. */
export function outside(key: string, range: ByteRange, bytes?: number): AppError {
  return new AppError('RANGE_NOT_SATISFIABLE', {
    details: { key, ...range, ...(bytes === undefined ? {} : { bytes }) },
  });
}
