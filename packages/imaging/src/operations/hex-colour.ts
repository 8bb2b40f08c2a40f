/** Red, green and blue, 0–255, of a colour written as #rrggbb. */
export function hexColour(colour: string): readonly [red: number, green: number, blue: number] {
  const at = (place: number): number => Number.parseInt(colour.slice(place, place + 2), 16);
  return [at(1), at(3), at(5)];
}
