const HUES = 1536;

/**
 * The colour of an object's number, as 0xrrggbb; never black. Hues turn by the golden ratio, so that numbers near each other look
 * different; each third is paler, each third darker. All in whole numbers.
 */
export function colourOf(number: number): number {
  const turn = Math.imul(number, 0x9e3779b9) >>> 0;
  const hue = Math.floor((turn * HUES) / 2 ** 32);
  const up = hue & 255;
  const down = 255 - up;
  const [red, green, blue] = SECTORS[hue >> 8]!(up, down);
  const shade = SHADES[number % 3]!;
  return (shade(red) << 16) | (shade(green) << 8) | shade(blue);
}

const SECTORS: readonly ((up: number, down: number) => readonly [red: number, green: number, blue: number])[] = [
  (up) => [255, up, 0],
  (_, down) => [down, 255, 0],
  (up) => [0, 255, up],
  (_, down) => [0, down, 255],
  (up) => [up, 0, 255],
  (_, down) => [255, 0, down],
];

const SHADES: readonly ((level: number) => number)[] = [
  (level) => level,
  (level) => 112 + ((level * 143) >> 8),
  (level) => (level * 5) >> 3,
];
