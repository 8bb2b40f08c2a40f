/**
 * Hues of machines: the set of Okabe and Ito without black, and a gray. Further machines have them again with another
 * letter and another direction of their stripes, so no two look the same.
 */
export const MACHINE_HUES = [
  '#56B4E9',
  '#E69F00',
  '#CC79A7',
  '#0072B2',
  '#F0E442',
  '#009E73',
  '#D55E00',
  '#999999',
] as const;

/** Degrees of stripes; 0: none. */
const STRIPES = [0, 45, 135, 90] as const;

export interface MachineLook {
  readonly letter: string;
  readonly hue: string;
  readonly stripes: (typeof STRIPES)[number];
}

/** A, B, … Z, AA, AB, … */
function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : letterOf(Math.floor(place / 26) - 1) + letter;
}

/** The look of the machine that was met as the `place`th, counted from 0. */
export function machineLook(place: number): MachineLook {
  const hue = MACHINE_HUES[place % MACHINE_HUES.length] ?? MACHINE_HUES[0];
  const stripes = STRIPES[Math.floor(place / MACHINE_HUES.length) % STRIPES.length] ?? 0;
  return { letter: letterOf(place), hue, stripes };
}
