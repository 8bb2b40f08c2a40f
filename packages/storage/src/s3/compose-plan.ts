import { MAX_PARTS, MAX_PART_BYTES, MIN_PART_BYTES } from './s3-options.ts';

/** A stored object as a source, or literal bytes; both as a half-open range. */
export interface Segment<Source> {
  readonly source: Source;
  /** Whether the server can copy the source itself. */
  readonly isStored: boolean;
  readonly start: number;
  readonly end: number;
}

export type PlannedPart<Source> =
  /** The server copies the segment. */
  | { readonly kind: 'copy'; readonly segment: Segment<Source> }
  /** The segments are read, joined and uploaded. */
  | { readonly kind: 'upload'; readonly segments: readonly Segment<Source>[]; readonly bytes: number };

export interface PartLimits {
  /** Smallest part except the last. */
  readonly min: number;
  /** Largest part that the server copies, at least twice `min`. */
  readonly max: number;
  /** Size of uploaded parts, at least `min`. */
  readonly upload: number;
  readonly count: number;
}

/** S3's limits, with uploaded parts of `upload` bytes. */
export function s3Limits(upload: number): PartLimits {
  return { min: MIN_PART_BYTES, max: MAX_PART_BYTES, upload, count: MAX_PARTS };
}

/**
 * Divides the concatenation of segments into parts of a multipart upload. What is shorter than `min` is gathered and
 * uploaded; when too little is gathered in front of a long stored segment, just enough of its beginning joins it, and
 * the server copies the rest. If that makes too many parts, everything is doubled and only longer segments are copied.
 */
export function planParts<Source>(segments: readonly Segment<Source>[], limits: PartLimits): PlannedPart<Source>[] {
  for (let scale = 1; ; scale *= 2) {
    const scaled = { ...limits, min: limits.min * scale, upload: limits.upload * scale };
    const parts = new Planner<Source>(scaled).plan(segments);
    if (parts.length <= limits.count || scaled.min * 2 > limits.max) return parts;
  }
}

class Planner<Source> {
  readonly #limits: PartLimits;
  readonly #parts: PlannedPart<Source>[] = [];
  #gathered: Segment<Source>[] = [];
  #gatheredBytes = 0;

  constructor(limits: PartLimits) {
    this.#limits = limits;
  }

  plan(segments: readonly Segment<Source>[]): PlannedPart<Source>[] {
    const { min } = this.#limits;
    for (const segment of segments) {
      const missing = this.#gatheredBytes === 0 ? 0 : Math.max(min - this.#gatheredBytes, 0);
      const copyFrom = segment.start + missing;
      if (segment.isStored && segment.end - copyFrom >= min) {
        this.#gather({ ...segment, end: copyFrom });
        this.#flush();
        this.#copy({ ...segment, start: copyFrom });
      } else {
        this.#gather(segment);
      }
    }
    this.#flush();
    return this.#parts;
  }

  #gather(segment: Segment<Source>): void {
    for (let start = segment.start; start < segment.end;) {
      if (this.#gatheredBytes === this.#limits.upload) this.#flush();
      const end = Math.min(segment.end, start + this.#limits.upload - this.#gatheredBytes);
      this.#gathered.push({ ...segment, start, end });
      this.#gatheredBytes += end - start;
      start = end;
    }
  }

  #flush(): void {
    if (this.#gatheredBytes === 0) return;
    this.#parts.push({ kind: 'upload', segments: this.#gathered, bytes: this.#gatheredBytes });
    this.#gathered = [];
    this.#gatheredBytes = 0;
  }

  /** In pieces of equal length: cutting off the longest possible ones could leave too short a last one. */
  #copy(segment: Segment<Source>): void {
    const bytes = segment.end - segment.start;
    const pieces = Math.ceil(bytes / this.#limits.max);
    for (let piece = 0; piece < pieces; piece += 1) {
      const start = segment.start + Math.floor((bytes * piece) / pieces);
      const end = segment.start + Math.floor((bytes * (piece + 1)) / pieces);
      this.#parts.push({ kind: 'copy', segment: { ...segment, start, end } });
    }
  }
}
