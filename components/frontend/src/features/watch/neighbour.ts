import type { Region } from '@tessera/contracts';

interface Placed {
  readonly region: Region;
}

/** The region that a key leads to from another: the nearest in that direction, the first or the last; else undefined. */
export function neighbour(cells: readonly Placed[], from: number, key: string): number | undefined {
  const last = cells.length - 1;
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageUp':
      return Math.max(0, from - 10);
    case 'PageDown':
      return Math.min(last, from + 10);
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown':
      return towards(cells, from, key);
    default:
      return undefined;
  }
}

function towards(cells: readonly Placed[], from: number, key: string): number {
  const here = cells[from]?.region;
  if (!here) return 0;
  const [x, y] = [here.x + here.width / 2, here.y + here.height / 2];
  const point = {
    ArrowLeft: { x: here.x - 0.5, y },
    ArrowRight: { x: here.x + here.width + 0.5, y },
    ArrowUp: { x, y: here.y - 0.5 },
    ArrowDown: { x, y: here.y + here.height + 0.5 },
  }[key];
  const found = point ? cellAt(cells, point) : undefined;
  if (found !== undefined) return found;
  // A picture of bands has nothing beside a region: left and right go on in reading order.
  const step = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  return Math.min(cells.length - 1, Math.max(0, from + step));
}

/** The region at a point of the picture. */
export function cellAt(
  cells: readonly Placed[],
  { x, y }: { readonly x: number; readonly y: number },
): number | undefined {
  const place = cells.findIndex(
    ({ region }) => x >= region.x && y >= region.y && x < region.x + region.width && y < region.y + region.height,
  );
  return place === -1 ? undefined : place;
}
