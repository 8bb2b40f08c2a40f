import type { Region, Size } from '@tessera/contracts';
import type { Components } from './components.ts';

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
export interface BorderLabels {
  readonly sides: Readonly<Record<Side, readonly Segment[]>>;
  /** By label: 1 if the component holds a strong pixel in this region. */
  readonly strong: Uint8Array;
}

/** Border labels and, by label, the root run of the component. */
export interface LabelledBorder extends BorderLabels {
  readonly roots: readonly number[];
}

/** Numbers the components that touch the sides which the region shares with others. */
export function labelBorder(components: Components, region: Region, picture: Size): LabelledBorder {
  const { starts, ends, rows, roots } = components;
  const labels = new Map<number, number>();
  const labelOf = (run: number): number => {
    const root = roots[run]!;
    const known = labels.get(root);
    if (known !== undefined) return known;
    labels.set(root, labels.size);
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
  const order = [...labels.keys()];
  const strong = Uint8Array.from(order, (root) => components.strong[root]!);
  return { sides: { top, bottom, left, right }, strong, roots: order };
}
