/** How upright pixels lie in a stored picture. All numbers count pixels. */
export interface Turn {
  /** Size of the upright picture. */
  readonly width: number;
  readonly height: number;
  /** Stored position of the upright pixel (0, 0). */
  readonly originX: number;
  readonly originY: number;
  /** Change of the stored position for one step right, and for one step down, in the upright picture. */
  readonly right: { readonly x: number; readonly y: number };
  readonly down: { readonly x: number; readonly y: number };
}

const RIGHT = { x: 1, y: 0 };
const LEFT = { x: -1, y: 0 };
const DOWN = { x: 0, y: 1 };
const UP = { x: 0, y: -1 };
/** For each EXIF orientation from 1 to 8: where one step right and one step down lead (EXIF 2.32, tag 274). */
const STEPS = [
  [RIGHT, DOWN],
  [LEFT, DOWN],
  [LEFT, UP],
  [RIGHT, UP],
  [DOWN, RIGHT],
  [UP, RIGHT],
  [UP, LEFT],
  [DOWN, LEFT],
] as const;

/** How a stored picture of `width` × `height` pixels is turned upright; unknown orientations count as upright. */
export function turnOf(orientation: number, width: number, height: number): Turn {
  const [right, down] = STEPS[orientation - 1] ?? STEPS[0];
  const across = right.x !== 0;
  return {
    width: across ? width : height,
    height: across ? height : width,
    originX: right.x + down.x < 0 ? width - 1 : 0,
    originY: right.y + down.y < 0 ? height - 1 : 0,
    right,
    down,
  };
}
