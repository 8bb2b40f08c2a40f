import type { MosaicRequest } from '@tessera/contracts';
import type { DegreeBox } from '@tessera/geo';
import { AppError } from '@tessera/runtime';

/** Wider, it is not clear which way round the earth two corners are meant. */
const MOST_DEGREES = 180;

/**
 * The area that a request names.
 *
 * @throws AppError INVALID_AREA where the corners are those of a line or a point, stand the wrong way round, or lie more than half the
 *   earth apart.
 */
export function areaOf({ corners, bbox }: Pick<MosaicRequest, 'corners' | 'bbox'>): DegreeBox {
  const box =
    bbox ??
    boxOf(
      corners ?? [
        [0, 0],
        [0, 0],
      ],
    );
  const [west, south, east, north] = box;
  if (west > east) {
    throw invalid('West lies east of east. Areas across the 180th meridian are asked for as two.');
  }
  if (south > north) throw invalid('South lies north of north.');
  if (east - west > MOST_DEGREES) {
    const message = `The corners lie ${String(east - west)}° apart. The other way round the area would cross the 180th meridian: ask for it as two.`;
    throw invalid(corners === undefined ? 'The area is wider than 180°: ask for parts of it.' : message);
  }
  if (west === east || south === north) throw invalid('The two corners lie on one line: they make no area.');
  return box;
}

function boxOf([[x1, y1], [x2, y2]]: NonNullable<MosaicRequest['corners']>): DegreeBox {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

const invalid = (message: string): AppError => new AppError('INVALID_AREA', { message });
