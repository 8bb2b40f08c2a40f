import { centreCount, ONE, type Centres } from './centres.ts';

/** Gives the number of the centre nearest to a colour; of equals the first. */
export type Nearest = (first: number, second: number, third: number) => number;

/** Cells of 8 levels in each colour. */
const CELLS = 1 << 15;
/** From the lowest level of a cell to its highest. */
const REACH = 7 * ONE;
/** Pixels from which on it pays to list the centres that a cell may have. */
const MANY = 1 << 13;

/** @param pixels how many colours will be asked for, about. */
export function nearestOf(centres: Centres, pixels: number): Nearest {
  if (centres.colours === 1) return nearestGray(centres);
  return pixels < MANY ? nearestOfAll(centres) : nearestOfCell(centres);
}

function nearestOfAll({ values }: Centres): Nearest {
  return (red, green, blue) => {
    let best = 0;
    for (let place = 0, least = Infinity; place < values.length; place += 3) {
      const distance = distanceTo(values, place, red, green, blue);
      if (distance < least) {
        least = distance;
        best = place;
      }
    }
    return best / 3;
  };
}

function distanceTo(values: Int32Array, place: number, red: number, green: number, blue: number): number {
  const first = red * ONE - values[place]!;
  const second = green * ONE - values[place + 1]!;
  const third = blue * ONE - values[place + 2]!;
  return first * first + second * second + third * third;
}

/** Of each cell that is met, the centres are listed that may be nearest to a colour in it: mostly one. */
function nearestOfCell(centres: Centres): Nearest {
  const { values } = centres;
  const count = centreCount(centres);
  /** Where the list of a cell begins: its length, then its centres. 0: nobody asked for it yet. */
  const begins = new Int32Array(CELLS);
  let lists = new Uint8Array(1 << 16);
  let end = 1;
  const nearest = new Int32Array(count);
  const listOf = (cell: number): number => {
    if (end + count + 1 > lists.length) {
      const longer = new Uint8Array(2 * lists.length);
      longer.set(lists);
      lists = longer;
    }
    let limit = 0x7fffffff;
    for (let centre = 0; centre < count; centre++) {
      let [near, far] = [0, 0];
      for (let channel = 0; channel < 3; channel++) {
        const lowest = ((cell >> (10 - 5 * channel)) & 31) << 3;
        const below = lowest * ONE - values[centre * 3 + channel]!;
        const above = -below - REACH;
        const inside = Math.max(0, below, above);
        const across = Math.max(Math.abs(below), Math.abs(above));
        near += inside * inside;
        far += across * across;
      }
      nearest[centre] = near;
      limit = Math.min(limit, far);
    }
    const begin = end++;
    for (let centre = 0; centre < count; centre++) if (nearest[centre]! <= limit) lists[end++] = centre;
    lists[begin] = end - begin - 1;
    begins[cell] = begin;
    return begin;
  };
  return (red, green, blue) => {
    const cell = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
    let at = begins[cell]!;
    if (at === 0) at = listOf(cell);
    const last = at + lists[at]!;
    let best = lists[at + 1]!;
    if (last === at + 1) return best;
    let least = 0x7fffffff;
    for (at += 1; at <= last; at++) {
      const centre = lists[at]!;
      const distance = distanceTo(values, centre * 3, red, green, blue);
      if (distance < least) {
        least = distance;
        best = centre;
      }
    }
    return best;
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
