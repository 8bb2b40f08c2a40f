import { parsePoints, type Size } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** A pixel of the whole picture. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/**
 * The pixels in which points lie; points outside the picture, which a preview of a part of it has, lie in none.
 *
 * @param points in percent of the width and the height; 100 is the last pixel.
 */
export function seedPixels(points: string, { width, height }: Size): readonly Pixel[] {
  const parsed = parsePoints(points);
  if (parsed === undefined) throw new AppError('INTERNAL', { details: { reason: 'no points', points } });
  return parsed
    .filter(({ x, y }) => x >= 0 && x <= 100 && y >= 0 && y <= 100)
    .map(({ x, y }) => ({ x: pixelAt(x, width), y: pixelAt(y, height) }));
}

function pixelAt(percent: number, length: number): number {
  return Math.min(length - 1, Math.floor((percent * length) / 100));
}
