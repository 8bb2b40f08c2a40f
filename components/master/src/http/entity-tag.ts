/** Tells whether an `If-None-Match` header names the tag; weakness does not matter here (RFC 9110, 13.1.2). */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((given) => given.trim().replace(/^W\//, '') === tag);
}

/** Tells whether a range may be answered: there is no `If-Range`, or it names the very tag (RFC 9110, 13.1.5). */
export function rangeAllowed(ifRange: string | undefined, tag: string): boolean {
  return ifRange === undefined || ifRange.trim() === tag;
}
