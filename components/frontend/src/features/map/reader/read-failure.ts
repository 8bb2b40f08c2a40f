/**
 * Why a raster is not shown: the site does not answer, the file is gone, it has no place on the earth, its reference
 * system is not known to the map, or it can not be read.
 */
export const READ_FAILURES = ['unreachable', 'gone', 'no-place', 'unknown-system', 'unreadable'] as const;
export type ReadFailureKind = (typeof READ_FAILURES)[number];

export class ReadFailure extends Error {
  readonly kind: ReadFailureKind;

  constructor(kind: ReadFailureKind, cause?: unknown) {
    super(kind, { cause });
    this.name = 'ReadFailure';
    this.kind = kind;
  }

  static from(cause: unknown): ReadFailure {
    return cause instanceof ReadFailure ? cause : new ReadFailure('unreadable', cause);
  }
}
