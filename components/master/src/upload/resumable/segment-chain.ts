/** A stored piece of an upload. */
export interface Segment {
  readonly key: string;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** `incoming/<upload>/` */
export function segmentFolder(upload: string): string {
  return `incoming/${upload}/`;
}

/** `incoming/<upload>/<offset>.<tag>`: no two are named alike, so none is ever overwritten. */
export function segmentKey(upload: string, offset: number, tag: string): string {
  return `${segmentFolder(upload)}${String(offset).padStart(16, '0')}.${tag}`;
}

/** The segment under a key; `undefined` for keys of another kind. */
export function segmentOf(key: string, bytes: number): Segment | undefined {
  const [, offset] = /\/(\d{16})\.[^/]+$/.exec(key) ?? [];
  return offset === undefined ? undefined : { key, offset: Number(offset), bytes };
}

/**
 * The segments that together reach farthest from the beginning of the file, each beginning where the one before ends.
 * There may be others: of a request that was given up while another took its place.
 */
export function longestChain(segments: readonly Segment[]): readonly Segment[] {
  /** By the offsets that are reached: the segment that ends there. */
  const endingAt = new Map<number, Segment | undefined>([[0, undefined]]);
  let end = 0;
  for (const segment of segments.toSorted((one, other) => one.offset - other.offset)) {
    const reached = segment.offset + segment.bytes;
    if (segment.bytes === 0 || !endingAt.has(segment.offset) || endingAt.has(reached)) continue;
    endingAt.set(reached, segment);
    end = Math.max(end, reached);
  }
  const chain: Segment[] = [];
  for (let at = endingAt.get(end); at !== undefined; at = endingAt.get(at.offset)) chain.push(at);
  return chain.reverse();
}

/** Bytes from the beginning of the file that a chain holds. */
export function chainBytes(chain: readonly Segment[]): number {
  const last = chain.at(-1);
  return last === undefined ? 0 : last.offset + last.bytes;
}
