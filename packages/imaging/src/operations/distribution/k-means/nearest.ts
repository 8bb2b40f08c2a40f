import { centreCount, ONE, type Centres } from './centres.ts';

/** Gives the number of the centre nearest to a colour; of equals the first. */
export type Nearest = (first: number, second: number, third: number) => number;

/** Pixels from which on it pays to remember the centre of every colour that was met. */
const MANY = 1 << 17;

/** @param pixels how many colours will be asked for. */
export function nearestOf(centres: Centres, pixels: number): Nearest {
  if (centres.colours === 1) return nearestGray(centres);
  const { values } = centres;
  const find: Nearest = (first, second, third) => {
    const [red, green, blue] = [first * ONE, second * ONE, third * ONE];
    let best = 0;
    let least = Infinity;
    for (let at = 0; at < values.length; at += 3) {
      const dr = red - values[at]!;
      const dg = green - values[at + 1]!;
      const db = blue - values[at + 2]!;
      const distance = dr * dr + dg * dg + db * db;
      if (distance < least) {
        least = distance;
        best = at;
      }
    }
    return best / 3;
  };
  return pixels < MANY ? find : remembered(find);
}

/** One byte for each colour: its centre plus one, 0 while nobody asked. */
function remembered(find: Nearest): Nearest {
  const known = new Uint8Array(1 << 24);
  return (first, second, third) => {
    const colour = (first << 16) | (second << 8) | third;
    const centre = known[colour]!;
    if (centre !== 0) return centre - 1;
    const found = find(first, second, third);
    known[colour] = found + 1;
    return found;
  };
}

function nearestGray(centres: Centres): Nearest {
  const { values } = centres;
  const table = Uint8Array.from({ length: 256 }, (_, level) => {
    let best = 0;
    for (let centre = 1; centre < centreCount(centres); centre++) {
      if (Math.abs(level * ONE - values[centre]!) < Math.abs(level * ONE - values[best]!)) best = centre;
    }
    return best;
  });
  return (level) => table[level]!;
}
