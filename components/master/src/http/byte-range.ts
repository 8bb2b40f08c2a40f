/** Bytes `start … end - 1` of a file. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header for a file of `size` bytes: `undefined` where the whole file is to be sent (no header, another
 * unit, several ranges, or not a range at all), `'unsatisfiable'` where no byte of it exists.
 * Source: RFC 9110, section 14.
 */
export function parseRange(header: string | undefined, size: number): Slice | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.replaceAll(/\s/g, '') ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '') return last === '' ? undefined : suffix(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start < size ? { start, end } : 'unsatisfiable';
}

/** The last `length` bytes. */
function suffix(length: number, size: number): Slice | 'unsatisfiable' {
  return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size };
}
