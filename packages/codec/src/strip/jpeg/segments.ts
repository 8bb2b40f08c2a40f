import { AppError } from '@tessera/runtime/app-error';

/** A marker segment of a JPEG header. */
export interface JpegSegment {
  /** Second byte of the marker. */
  readonly marker: number;
  /** Positions of the marker's first byte and of the byte after the segment. */
  readonly start: number;
  readonly end: number;
}

export const MARKERS = {
  soi: 0xd8,
  eoi: 0xd9,
  sof0: 0xc0,
  sos: 0xda,
  dri: 0xdd,
  app0: 0xe0,
  app1: 0xe1,
  rst0: 0xd0,
} as const;

/**
 * The segments of a baseline JPEG from SOI up to and with SOS (ITU-T T.81, B.1.1), as our own encoder writes them.
 *
 * @throws AppError INTERNAL for anything else.
 */
export function headerSegments(file: Uint8Array): readonly JpegSegment[] {
  const segments: JpegSegment[] = [];
  for (let start = 2; start + 4 <= file.length;) {
    const marker = file[start + 1]!;
    if (file[start] !== 0xff) break;
    const end = start + 2 + file[start + 2]! * 256 + file[start + 3]!;
    segments.push({ marker, start, end });
    if (marker === MARKERS.sos) return segments;
    start = end;
  }
  throw new AppError('INTERNAL', { message: 'The JPEG encoder wrote an unexpected header.' });
}

/** Finds the segment of a marker, or throws INTERNAL. */
export function findSegment(segments: readonly JpegSegment[], marker: number): JpegSegment {
  const segment = segments.find((candidate) => candidate.marker === marker);
  if (segment !== undefined) return segment;
  throw new AppError('INTERNAL', { message: `The JPEG encoder wrote no segment 0x${marker.toString(16)}.` });
}

/** A marker segment with its length field. */
export function jpegSegment(marker: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = 2 + parts.reduce((sum, part) => sum + part.length, 0);
  if (length > 0xffff) throw new AppError('INTERNAL', { message: 'A JPEG segment is longer than 64 kB.' });
  return Buffer.concat([Uint8Array.of(0xff, marker, length >> 8, length & 0xff), ...parts]);
}
