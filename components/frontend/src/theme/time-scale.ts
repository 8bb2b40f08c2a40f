/** From fast to slow: cividis, which grows evenly in lightness and looks alike in every colour vision. */
const STOPS = ['#00224E', '#35456C', '#666970', '#948E77', '#C8B866', '#FEE838'] as const;

/** The colour of a place between the fastest (0) and the slowest (1). */
export function timeColor(share: number): string {
  const place = Math.round(Math.min(1, Math.max(0, share)) * (STOPS.length - 1));
  return STOPS[place] ?? STOPS[0];
}

/** The whole scale, for a legend. */
export const TIME_GRADIENT = `linear-gradient(to right, ${STOPS.join(', ')})`;
