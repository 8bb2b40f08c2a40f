import type { Palette } from '@tessera/contracts';
import { PALETTE_TABLE } from './palette-table.ts';

/** Number of colours of a ramp. */
export const RAMP_COLOURS = 256;

export interface PaletteFacts {
  /** Whether its ends or its middle are the remarkable values. */
  readonly kind: 'sequential' | 'diverging';
  /** Whether it is told apart with every colour vision. */
  readonly forEveryEye: boolean;
  readonly author: string;
  readonly licence: string;
}

const facts = (kind: PaletteFacts['kind'], author: string, licence: string, forEveryEye = true): PaletteFacts => ({
  kind,
  author,
  licence,
  forEveryEye,
});

/** Where the ramps come from. Ends of `vegetation` and `built-up` differ in lightness of hue pairs that all eyes part. */
export const PALETTES: Readonly<Record<Palette, PaletteFacts>> = {
  vegetation: facts('diverging', 'BrBG of ColorBrewer, Cynthia Brewer', 'Apache-2.0'),
  snow: facts('sequential', 'oslo of the Scientific colour maps, Fabio Crameri', 'MIT'),
  water: facts('sequential', 'devon of the Scientific colour maps, turned round, Fabio Crameri', 'MIT'),
  'built-up': facts('diverging', 'PuOr of ColorBrewer, turned round, Cynthia Brewer', 'Apache-2.0'),
  viridis: facts('sequential', 'Nathaniel Smith, Stéfan van der Walt, Eric Firing', 'CC0-1.0'),
  cividis: facts(
    'sequential',
    'Jamie Nuñez, Christopher Anderton, Ryan Renslow; as in matplotlib',
    'PSF-based, matplotlib',
  ),
  magma: facts('sequential', 'Nathaniel Smith, Stéfan van der Walt', 'CC0-1.0'),
  greys: facts('sequential', 'matplotlib', 'PSF-based, matplotlib'),
  // Rainbow-like: steps that are none in the data, and reds and greens that many take for each other. Many courses use it.
  'nipy-spectral': facts('sequential', 'NIPY; as in matplotlib', 'PSF-based, matplotlib', false),
};

/** The colours of a ramp from low to high, as `#rrggbb`. */
export function paletteColours(palette: Palette): readonly string[] {
  const table = PALETTE_TABLE[palette];
  return Array.from({ length: RAMP_COLOURS }, (_, index) => `#${table.slice(6 * index, 6 * index + 6)}`);
}

/** The colours of a ramp as bytes: red, green, blue, red, … */
export function paletteBytes(palette: Palette): Uint8Array<ArrayBuffer> {
  const table = PALETTE_TABLE[palette];
  return Uint8Array.from({ length: 3 * RAMP_COLOURS }, (_, index) =>
    Number.parseInt(table.slice(2 * index, 2 * index + 2), 16),
  );
}
