import type { OutputFormat, Split, Strategy, TileLayout } from '@tessera/contracts';

/** What an output or a job may be told, in the order in which people see it; the types are the contracts'. */
export const FORMATS = ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const satisfies readonly OutputFormat[];
export const LAYOUTS = ['dzi', 'iiif'] as const satisfies readonly TileLayout[];
export const SPLITS = ['auto', 'always', 'never'] as const satisfies readonly Split[];
export const STRATEGIES = ['balanced', 'random'] as const satisfies readonly Strategy[];

/** The value if it is one of the choices. */
export function oneOf<const Choice>(choices: readonly Choice[], value: unknown): Choice | undefined {
  return choices.find((choice) => choice === value);
}
