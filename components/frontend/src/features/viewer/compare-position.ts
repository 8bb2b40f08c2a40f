const STEP = 1;
const LARGE_STEP = 10;

/** Where the handle stands after a key, in percent from the left; undefined for keys that do not move it. */
export function positionAfterKey(position: number, key: string): number | undefined {
  switch (key) {
    // By sides of the picture, not of the text: the handle moves the way the arrow points in every language.
    case 'ArrowRight':
    case 'ArrowUp':
      return within(position + STEP);
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(position - STEP);
    case 'PageUp':
      return within(position + LARGE_STEP);
    case 'PageDown':
      return within(position - LARGE_STEP);
    case 'Home':
      return 0;
    case 'End':
      return 100;
    default:
      return undefined;
  }
}

/** Percent from the left edge of a box at which a pointer stands, one decimal. */
export function positionOfPointer(clientX: number, box: { readonly left: number; readonly width: number }): number {
  if (box.width === 0) return 50;
  return within(Math.round(((clientX - box.left) / box.width) * 1000) / 10);
}

function within(position: number): number {
  return Math.min(100, Math.max(0, position));
}
