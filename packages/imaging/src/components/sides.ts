import type { Region, Size } from '@tessera/contracts';
import type { Runs } from './runs.ts';

/** Neighbouring pixels `start … end − 1` of one side of a region that belong to component `label`. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly label: number;
}

/** The sides of a region, in the order in which their components are numbered. */
export const SIDES = ['top', 'bottom', 'left', 'right'] as const;
export type Side = (typeof SIDES)[number];

/**
 * The components of a region that reach a neighbouring region, numbered from 0 in the order in which a walk along the
 * sides meets them. Segments count pixels from the left or from the top of the region; a side at the picture's edge
 * has none.
 */
export type Sides = Readonly<Record<Side, readonly Segment[]>>;

/** The sides and, by label, the component as `componentOf` has it. */
export interface LabelledSides {
  readonly sides: Sides;
  readonly components: readonly number[];
}

/**
 * Labels the components that touch the sides which the region shares with others.
 *
 * @param componentOf by run, what tells its component from others.
 */
export function labelSides(
  { starts, ends, rows }: Runs,
  componentOf: Int32Array,
  region: Region,
  picture: Size,
): LabelledSides {
  const labels = new Map<number, number>();
  const labelOf = (run: number): number => {
    const component = componentOf[run]!;
    const known = labels.get(component);
    if (known !== undefined) return known;
    labels.set(component, labels.size);
    return labels.size - 1;
  };
  const row = (y: number): Segment[] => {
    const segments: Segment[] = [];
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      segments.push({ start: starts[run]!, end: ends[run]!, label: labelOf(run) });
    }
    return segments;
  };
  const column = (runAt: (y: number) => number | undefined): Segment[] => {
    const segments: Segment[] = [];
    for (let y = 0; y < region.height; y++) {
      const run = runAt(y);
      if (run === undefined) continue;
      const label = labelOf(run);
      const last = segments.at(-1);
      // Pixels one below the other are connected.
      if (last?.end === y) segments[segments.length - 1] = { start: last.start, end: y + 1, label };
      else segments.push({ start: y, end: y + 1, label });
    }
    return segments;
  };
  const firstOf = (y: number): number | undefined =>
    rows[y]! < rows[y + 1]! && starts[rows[y]!] === 0 ? rows[y]! : undefined;
  const lastOf = (y: number): number | undefined =>
    rows[y]! < rows[y + 1]! && ends[rows[y + 1]! - 1] === region.width ? rows[y + 1]! - 1 : undefined;
  // The calls number the components, so their order is that of SIDES.
  const top = region.y > 0 ? row(0) : [];
  const bottom = region.y + region.height < picture.height ? row(region.height - 1) : [];
  const left = region.x > 0 ? column(firstOf) : [];
  const right = region.x + region.width < picture.width ? column(lastOf) : [];
  return { sides: { top, bottom, left, right }, components: [...labels.keys()] };
}
