import { AppError } from '@tessera/runtime';
import type { Row } from './database.ts';

const wrong = (column: string, cause?: unknown): AppError =>
  new AppError('INTERNAL', { retryable: false, details: { column }, cause });

/** @throws AppError INTERNAL if the column does not hold a string; so all readers below, each for its type. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrong(column);
  return value;
}

/** A whole number; 64-bit ones are exact up to 2⁵³ − 1. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (!Number.isSafeInteger(value)) throw wrong(column);
  return Number(value);
}

export function decimal(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrong(column);
  return value;
}

export function flag(row: Row, column: string): boolean {
  const value = row[column];
  if (typeof value !== 'boolean') throw wrong(column);
  return value;
}

export function date(row: Row, column: string): Date {
  const value = row[column];
  if (!(value instanceof Date)) throw wrong(column);
  return value;
}

/** Reads a column that may be null with the reader for what it is otherwise. */
export function nullable<T>(read: (row: Row, column: string) => T, row: Row, column: string): T | null {
  return row[column] === null ? null : read(row, column);
}

/** A value of one of the shared schemas: a JSON column, or a text column of a few words. */
export function parsed<T>(schema: { parse(value: unknown): T }, row: Row, column: string): T {
  try {
    return schema.parse(row[column]);
  } catch (error) {
    throw wrong(column, error);
  }
}
