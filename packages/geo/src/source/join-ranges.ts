/** Bytes `start … start + length - 1` of a file. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** Spans that one read fetches together. */
export interface JoinedSpan<Item extends Span> extends Span {
  readonly items: readonly Item[];
}

export interface JoinLimits {
  /** Bytes between two spans that are rather read in vain than asked around. */
  readonly maxGap: number;
  /** Bytes of a joined read; a single span may be larger. */
  readonly maxJoined: number;
}

/** Joins spans that lie close together, in the order of the file. Spans may overlap. */
export function joinRanges<Item extends Span>(spans: readonly Item[], limits: JoinLimits): JoinedSpan<Item>[] {
  const joined: { start: number; length: number; items: Item[] }[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    const end = span.start + span.length;
    if (
      last !== undefined &&
      span.start - (last.start + last.length) <= limits.maxGap &&
      end - last.start <= limits.maxJoined
    ) {
      last.length = Math.max(last.length, end - last.start);
      last.items.push(span);
    } else joined.push({ start: span.start, length: span.length, items: [span] });
  }
  return joined;
}
