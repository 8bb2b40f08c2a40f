import type { Region, Size } from '@tessera/contracts';
import { labelSides, type Sides } from '../../../components/sides.ts';
import type { Components } from './components.ts';

/** The components of a region that reach a neighbouring region. */
export interface BorderLabels {
  readonly sides: Sides;
  /** By label: 1 if the component holds a strong pixel in this region. */
  readonly strong: Uint8Array;
}

/** Border labels and, by label, the root run of the component. */
export interface LabelledBorder extends BorderLabels {
  readonly roots: readonly number[];
}

/** Labels the components that touch the sides which the region shares with others. */
export function labelBorder({ runs, roots, strong }: Components, region: Region, picture: Size): LabelledBorder {
  const { sides, components } = labelSides(runs, roots, region, picture);
  return { sides, strong: Uint8Array.from(components, (root) => strong[root]!), roots: components };
}
