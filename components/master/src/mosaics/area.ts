import type { MosaicRequest } from '@tessera/contracts';
import type { DegreeBox } from '@tessera/geo';
import { AppError } from '@tessera/runtime';

/** Wider, it is not clear which way round the earth is meant, and no reference system suits all of it. */
const MOST_DEGREES = 180;
const TURN = 360;

/**
 * The area that a request names. East is greater than 180 where the area lies across the antimeridian: that of a `bbox` whose
 * west is greater than its east, and that of two corners between which this is the shorter way.
 *
 * @throws AppError INVALID_AREA where the corners are those of a line or a point, where south lies north of north, and for
 *   areas wider than half the earth.
 */
export function areaOf({ corners, bbox }: Pick<MosaicRequest, 'corners' | 'bbox'>): DegreeBox {
  const [west, south, east, north] = bbox === undefined ? boxOf(corners ?? NOWHERE) : onwards(bbox);
  if (south > north) throw invalid('South lies north of north.');
  if (east - west > MOST_DEGREES) {
    throw invalid(`The area is ${String(east - west)}° wide: ask for parts of 180° at most.`);
  }
  if (west === east || south === north) throw invalid('The two corners lie on one line: they make no area.');
  return [west, south, east, north];
}

const NOWHERE: NonNullable<MosaicRequest['corners']> = [
  [0, 0],
  [0, 0],
];

function onwards([west, south, east, north]: DegreeBox): DegreeBox {
  return [west, south, west > east ? east + TURN : east, north];
}

function boxOf([[x1, y1], [x2, y2]]: NonNullable<MosaicRequest['corners']>): DegreeBox {
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
  const isShorterAcross = right - left > MOST_DEGREES && right - left < TURN;
  const [west, east] = isShorterAcross ? [right, left + TURN] : [left, right];
  return [west, Math.min(y1, y2), east, Math.max(y1, y2)];
}

/** The same as boxes between -180 and 180: two where the area lies across the antimeridian. */
export function boxesOf([west, south, east, north]: DegreeBox): readonly DegreeBox[] {
  if (east <= TURN / 2) return [[west, south, east, north]];
  return [
    [west, south, TURN / 2, north],
    [-TURN / 2, south, east - TURN, north],
  ];
}

const invalid = (message: string): AppError => new AppError('INVALID_AREA', { message });
