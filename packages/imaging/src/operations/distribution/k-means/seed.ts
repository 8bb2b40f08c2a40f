import { colourChannels, type Raster } from '../../../raster.ts';
import { ONE, type Centres } from './centres.ts';

/** Steps of each channel in the coarse histogram: gray 256, colours 16 × 16 × 16. */
const binsOf = (colours: number): number => (colours === 1 ? 256 : 4096);

/** Pixels of each bin: the coarse histogram of a raster. */
export function coarseHistogram({ data, channels }: Raster): Float64Array {
  const colours = colourChannels(channels);
  const counts = new Uint32Array(binsOf(colours));
  if (colours === 1) for (let at = 0; at < data.length; at += channels) counts[data[at]!]!++;
  else {
    for (let at = 0; at < data.length; at += channels) {
      counts[((data[at]! >> 4) << 8) | (data[at + 1]! & 0xf0) | (data[at + 2]! >> 4)]!++;
    }
  }
  return Float64Array.from(counts);
}

/** The middle of a bin, in sixteenths of a level. */
function middleOf(bin: number, colours: number): readonly number[] {
  if (colours === 1) return [bin * ONE];
  const middle = (step: number): number => (16 * step + 8) * ONE;
  return [middle(bin >> 8), middle((bin >> 4) & 15), middle(bin & 15)];
}

/**
 * The centres to begin with: first the fullest bin, then again and again that whose pixels are farthest from all centres
 * so far, all taken together (count × distance²; of equals the first). Nothing is left to chance.
 */
export function seedCentres(histogram: Float64Array, most: number): Centres {
  const colours = histogram.length === binsOf(1) ? 1 : 3;
  const bins = [...histogram.keys()].filter((bin) => histogram[bin]! > 0);
  const middles = bins.map((bin) => middleOf(bin, colours));
  const distances = new Float64Array(bins.length).fill(1);
  const values: number[] = [];
  for (let centre = 0; centre < most; centre++) {
    let best = -1;
    let farthest = 0;
    for (const [place, bin] of bins.entries()) {
      const weight = histogram[bin]! * distances[place]!;
      if (weight > farthest) [best, farthest] = [place, weight];
    }
    const chosen = middles[best];
    if (chosen === undefined) break;
    values.push(...chosen);
    for (const [place, middle] of middles.entries()) {
      const distance = middle.reduce((sum, value, n) => sum + (value - chosen[n]!) ** 2, 0);
      distances[place] = centre === 0 ? distance : Math.min(distances[place]!, distance);
    }
  }
  const pixels = new Float64Array(values.length / colours);
  return { colours, most, rounds: 0, settled: false, values: Int32Array.from(values), pixels };
}
