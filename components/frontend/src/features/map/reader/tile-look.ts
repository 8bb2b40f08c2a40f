import type { Palette } from '@tessera/contracts';
import type { ValueRange } from '@tessera/geo/page';

/** How samples become colours. */
export type TileLook =
  | { readonly kind: 'ramp'; readonly band: number; readonly palette: Palette; readonly range: ValueRange }
  | { readonly kind: 'rgb'; readonly bands: readonly [number, number, number]; readonly range: ValueRange };
