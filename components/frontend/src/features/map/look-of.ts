import { INDICES, type Palette, type RasterFacts } from '@tessera/contracts';
import type { Spread } from './reader/spread.ts';
import type { TileLook } from './reader/tile-look.ts';

/** What of the colours a visitor chose; the rest follows from the product. */
export interface ChosenLook {
  readonly palette: Palette | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** The ramp that a product is drawn with at first. */
export function paletteOf(measure: string | undefined): Palette {
  return INDICES.find(({ index }) => index === measure)?.palette ?? 'viridis';
}

/** Whether three bands are the colours of a picture. */
export const isPicture = ({ bands }: Pick<RasterFacts, 'bands'>): boolean => bands.length >= 3;

/** Values between which the ends of the colours can be moved. */
export function boundsOf(facts: RasterFacts, spread: readonly (Spread | undefined)[]): { min: number; max: number } {
  if (isPicture(facts) && facts.type === 'uint8') return { min: 0, max: 255 };
  const known = (isPicture(facts) ? spread.slice(0, 3) : spread.slice(0, 1)).filter((one) => one !== undefined);
  if (known.length === 0) return { min: 0, max: 1 };
  const [min, max] = [Math.min(...known.map((one) => one.min)), Math.max(...known.map((one) => one.max))];
  return max > min ? { min, max } : { min: min - 1, max: max + 1 };
}

/** Values that have the first and the last colour at first: pictures of 8 bits as they are, else all but the extremes. */
export function rangeOf(facts: RasterFacts, spread: readonly (Spread | undefined)[]): { low: number; high: number } {
  if (isPicture(facts) && facts.type === 'uint8') return { low: 0, high: 255 };
  const known = (isPicture(facts) ? spread.slice(0, 3) : spread.slice(0, 1)).filter((one) => one !== undefined);
  if (known.length === 0) return { low: 0, high: 1 };
  const [low, high] = [Math.min(...known.map((one) => one.low)), Math.max(...known.map((one) => one.high))];
  return high > low ? { low, high } : { low: low - 1, high: high + 1 };
}

/** How a product is drawn. */
export function lookOf(
  facts: RasterFacts,
  spread: readonly (Spread | undefined)[],
  measure: string | undefined,
  chosen: ChosenLook,
): TileLook {
  const first = rangeOf(facts, spread);
  const low = chosen.low ?? first.low;
  const range = { low, high: Math.max(low, chosen.high ?? first.high) };
  if (isPicture(facts)) return { kind: 'rgb', bands: [0, 1, 2], range };
  return { kind: 'ramp', band: 0, palette: chosen.palette ?? paletteOf(measure), range };
}

/** What is drawn: a raster whose header was read, and what its values are. */
type Drawn = readonly [
  ready: { readonly facts: RasterFacts; readonly spread: readonly (Spread | undefined)[] } | undefined,
  measure: string | undefined,
];

/**
 * How a product and the one beside it are drawn. Two of the same measure have the same colours for the same values; what was
 * chosen for one measure says nothing of another.
 */
export function looksOf(
  [[first, firstMeasure], [second, secondMeasure]]: readonly [Drawn, Drawn],
  chosen: ChosenLook,
): readonly [TileLook | undefined, TileLook | undefined] {
  const look = first && lookOf(first.facts, first.spread, firstMeasure, chosen);
  const other = second && lookOf(second.facts, second.spread, secondMeasure, NOTHING_CHOSEN);
  const isSame = look?.kind === other?.kind && firstMeasure === secondMeasure && firstMeasure !== undefined;
  return [look, isSame ? look : other];
}

const NOTHING_CHOSEN: ChosenLook = { palette: undefined, low: undefined, high: undefined };
