import type { PartLimits, PlannedPart, Segment } from './compose-plan.ts';

/**
 * Divides the concatenation of segments into parts of one length, the last one shorter: some servers take no others. A
 * part that lies within one stored segment is copied by the server; all others are read, joined and uploaded, so more
 * bytes travel than by `planParts`. The length is `limits.upload`, doubled until the parts are few enough.
 */
export function planEqualParts<Source>(
  segments: readonly Segment<Source>[],
  limits: PartLimits,
): PlannedPart<Source>[] {
  const total = segments.reduce((sum, { start, end }) => sum + end - start, 0);
  let length = limits.upload;
  while (Math.ceil(total / length) > limits.count && length * 2 <= limits.max) length *= 2;
  const parts: PlannedPart<Source>[] = [];
  let gathered: Segment<Source>[] = [];
  let bytes = 0;
  const flush = (): void => {
    const [only] = gathered;
    if (only === undefined) return;
    if (gathered.length === 1 && only.isStored) parts.push({ kind: 'copy', segment: only });
    else parts.push({ kind: 'upload', segments: gathered, bytes });
    gathered = [];
    bytes = 0;
  };
  for (const segment of segments) {
    for (let start = segment.start; start < segment.end;) {
      const end = Math.min(segment.end, start + length - bytes);
      gathered.push({ ...segment, start, end });
      bytes += end - start;
      start = end;
      if (bytes === length) flush();
    }
  }
  flush();
  return parts;
}
