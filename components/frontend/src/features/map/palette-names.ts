import type { Palette } from '@tessera/contracts';

/** The ramps in the order in which people see them. */
export const PALETTE_NAMES = [
  'vegetation',
  'snow',
  'water',
  'built-up',
  'viridis',
  'cividis',
  'magma',
  'greys',
  'nipy-spectral',
] as const satisfies readonly Palette[];
