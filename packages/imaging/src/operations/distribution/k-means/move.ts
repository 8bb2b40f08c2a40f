import type { Raster } from '../../../raster.ts';
import { centreCount, ONE, type Centres } from './centres.ts';
import { nearestOf, type Nearest } from './nearest.ts';

/**
 * What is known of the pixels nearest to each centre, centre after centre: their number, the sum of each colour, the
 * square of the distance of the farthest of them, and its colour as one number.
 */
export type Clusters = Float64Array;

export const clusterWords = (colours: number): number => colours + 3;

/** Pixels that are summed up in 32 bits before the sums are added to the others: 255 times as many fit. */
const CHUNK = 1 << 22;

/** Sorts the pixels of a raster to their nearest centres. */
export function observeClusters({ data, channels }: Raster, centres: Centres): Clusters {
  const { colours } = centres;
  const words = clusterWords(colours);
  const look = colours === 1 ? lookAtGray : lookAtColours;
  const nearest = nearestOf(centres, data.length / channels);
  const parts: Clusters[] = [];
  for (let at = 0; at < data.length; at += CHUNK * channels) {
    const sums = new Int32Array(centreCount(centres) * words);
    look(data.subarray(at, at + CHUNK * channels), channels, centres, nearest, sums);
    parts.push(Float64Array.from(sums));
  }
  return joinClusters(parts, colours);
}

type Look = (data: Uint8Array, channels: number, centres: Centres, nearest: Nearest, clusters: Int32Array) => void;

const lookAtGray: Look = (data, channels, { values }, nearest, clusters) => {
  for (let at = 0; at < data.length; at += channels) {
    const level = data[at]!;
    const centre = nearest(level, 0, 0);
    const place = centre * 4;
    clusters[place]!++;
    clusters[place + 1]! += level;
    const difference = level * ONE - values[centre]!;
    const distance = difference * difference;
    if (distance > clusters[place + 2]! || (distance === clusters[place + 2]! && level > clusters[place + 3]!)) {
      clusters[place + 2] = distance;
      clusters[place + 3] = level;
    }
  }
};

const lookAtColours: Look = (data, channels, { values }, nearest, clusters) => {
  for (let at = 0; at < data.length; at += channels) {
    const red = data[at]!;
    const green = data[at + 1]!;
    const blue = data[at + 2]!;
    const centre = nearest(red, green, blue);
    const place = centre * 6;
    clusters[place]!++;
    clusters[place + 1]! += red;
    clusters[place + 2]! += green;
    clusters[place + 3]! += blue;
    const first = red * ONE - values[centre * 3]!;
    const second = green * ONE - values[centre * 3 + 1]!;
    const third = blue * ONE - values[centre * 3 + 2]!;
    const distance = first * first + second * second + third * third;
    if (distance < clusters[place + 4]!) continue;
    const colour = (red << 16) | (green << 8) | blue;
    if (distance > clusters[place + 4]! || colour > clusters[place + 5]!) {
      clusters[place + 4] = distance;
      clusters[place + 5] = colour;
    }
  }
};

/** What is known of all regions' pixels together; does not depend on the order. */
export function joinClusters(parts: readonly Clusters[], colours: number): Clusters {
  const words = clusterWords(colours);
  const joined = new Float64Array(parts[0]!.length);
  for (const part of parts) {
    for (let place = 0; place < joined.length; place += words) {
      for (let word = 0; word <= colours; word++) joined[place + word]! += part[place + word]!;
      const far = place + colours + 1;
      const [distance, colour] = [part[far]!, part[far + 1]!];
      if (distance < joined[far]! || (distance === joined[far]! && colour <= joined[far + 1]!)) continue;
      joined[far] = distance;
      joined[far + 1] = colour;
    }
  }
  return joined;
}

/**
 * Moves each centre to the mean of its pixels, to a sixteenth of a level, halves up. A centre without pixels, or one that
 * is lacking, goes to the farthest pixel of all, as long as there is one that is no centre.
 */
export function moveCentres(before: Centres, clusters: Clusters): Centres {
  const { colours, most, rounds } = before;
  const words = clusterWords(colours);
  const values: number[] = [...before.values];
  const pixels = new Float64Array(most);
  const far: { readonly distance: number; readonly colour: number }[] = [];
  const lost: number[] = [];
  for (let centre = 0; centre < centreCount(before); centre++) {
    const place = centre * words;
    const count = clusters[place]!;
    pixels[centre] = count;
    if (count === 0) lost.push(centre);
    else {
      for (let n = 0; n < colours; n++) values[centre * colours + n] = meanOf(clusters[place + 1 + n]!, count);
      far.push({ distance: clusters[place + colours + 1]!, colour: clusters[place + colours + 2]! });
    }
  }
  for (let centre = centreCount(before); centre < most; centre++) lost.push(centre);
  const free = far
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => b.distance - a.distance || b.colour - a.colour)
    .map(({ colour }) => (colours === 1 ? [colour] : [colour >> 16, (colour >> 8) & 255, colour & 255]));
  for (const [n, centre] of lost.entries()) {
    const colour = free[n];
    if (colour === undefined) break;
    for (const [channel, level] of colour.entries()) values[centre * colours + channel] = level * ONE;
  }
  const moved = values.length !== before.values.length || values.some((value, at) => value !== before.values[at]);
  const kept = pixels.slice(0, values.length / colours);
  return { colours, most, rounds: rounds + 1, settled: !moved, values: Int32Array.from(values), pixels: kept };
}

/** Sum over count in sixteenths, rounded half up: sums of gigapixels in sixteenths stay below 2⁵³. */
const meanOf = (sum: number, count: number): number => Math.floor((2 * ONE * sum + count) / (2 * count));
