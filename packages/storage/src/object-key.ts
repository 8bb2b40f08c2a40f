import { AppError } from '@tessera/runtime';

/** Longest key in UTF-8 bytes: S3's 1024 less room for an adapter's own prefix. */
export const MAX_KEY_BYTES = 900;
/** Longest segment of a key in UTF-8 bytes, so that it is a file name on every file system in use. */
export const MAX_SEGMENT_BYTES = 200;

/** Control and non-characters (XML can not carry them), and the backslash, which some systems take for a slash. */
const FORBIDDEN = /[\p{Cc}\p{Noncharacter_Code_Point}\\]/u;

/**
 * Checks a key: segments separated by single slashes, none empty and none beginning with a dot (so neither `.` nor
 * `..`, and adapters can keep files of their own), well-formed Unicode without control characters or backslashes.
 *
 * @throws AppError BAD_REQUEST
 */
export function checkKey(key: string): void {
  if (key === '') throw refusal(key, 'is empty');
  checkText(key);
  for (const segment of key.split('/')) {
    if (segment === '') throw refusal(key, 'has an empty segment');
    checkSegment(key, segment);
  }
}

/**
 * Checks the beginning of keys: as a key, but it may be empty and may end anywhere.
 *
 * @throws AppError BAD_REQUEST
 */
export function checkPrefix(prefix: string): void {
  checkText(prefix);
  const segments = prefix.split('/');
  for (const [index, segment] of segments.entries()) {
    if (segment === '' && index < segments.length - 1) throw refusal(prefix, 'has an empty segment');
    checkSegment(prefix, segment);
  }
}

/** Orders keys by their UTF-8 bytes, as S3 does; JavaScript's own order differs beyond the basic plane. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function checkText(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw refusal(key, `has more than ${MAX_KEY_BYTES} bytes`);
  if (!key.isWellFormed()) throw refusal(key, 'is not well-formed Unicode');
  if (FORBIDDEN.test(key)) throw refusal(key, 'has a control character, a non-character or a backslash');
}

function checkSegment(key: string, segment: string): void {
  if (segment.startsWith('.')) throw refusal(key, 'has a segment that begins with a dot');
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) {
    throw refusal(key, `has a segment of more than ${MAX_SEGMENT_BYTES} bytes`);
  }
}

function refusal(key: string, reason: string): AppError {
  return new AppError('BAD_REQUEST', {
    message: `The object key ${reason}.`,
    details: { key: key.toWellFormed().slice(0, 200) },
  });
}
