import type { OperationParams } from '@tessera/contracts';
import type { GlobalOperation } from '../../../operation.ts';
import { colourChannels, createRaster, hasAlpha, type Raster } from '../../../raster.ts';
import { addNumbers, decodeNumbers, encodeNumbers } from '../../numbers.ts';
import { pixelsOf } from '../histogram.ts';
import { centreCount, decodeCentres, encodeCentres, levelOf, type Centres } from './centres.ts';
import { joinClusters, moveCentres, observeClusters } from './move.ts';
import { nearestOf } from './nearest.ts';
import { coarseHistogram, seedCentres } from './seed.ts';

/**
 * Lloyd's k-means over all pixels: the first round counts colours coarsely and chooses the centres to begin with, each of
 * the others sorts all pixels to their nearest centres and moves these. All sums are whole numbers, so regions and their
 * order do not matter. Alpha does not count, and stays.
 */
export const kMeans: GlobalOperation<'k-means'> = {
  op: 'k-means',
  kind: 'global',
  counts: true,
  channels: (input) => input,
  halo: () => 0,
  rounds: ({ iterations }) => 1 + iterations,
  settled: (state) => decodeCentres(state).settled,
  observe(input, region, _picture, _params, before) {
    const raster = pixelsOf(input, region);
    return encodeNumbers(
      before === undefined ? coarseHistogram(raster) : observeClusters(raster, decodeCentres(before)),
    );
  },
  merge: (partials, _grid, _picture, params, before) => encodeCentres(merged(partials, params, before)),
  apply: (input, region, _index, state) => paint(pixelsOf(input, region), decodeCentres(state)),
  report(state) {
    const centres = decodeCentres(state);
    const colours = Array.from({ length: centreCount(centres) }, (_, centre) => ({
      colour: `#${coloursOf(centres, centre).map(hex).join('')}`,
      pixels: centres.pixels[centre]!,
    }));
    const { rounds, settled } = centres;
    return { op: 'k-means', rounds, settled, colours: colours.sort((a, b) => b.pixels - a.pixels) };
  },
};

function merged(
  partials: readonly Uint8Array[],
  { k }: OperationParams<'k-means'>,
  before: Uint8Array | undefined,
): Centres {
  const parts = partials.map((partial) => decodeNumbers(partial, 'k-means partial', partials[0]!.length / 8));
  if (before === undefined) return seedCentres(addNumbers(parts, parts[0]!.length), k);
  const centres = decodeCentres(before);
  return moveCentres(centres, joinClusters(parts, centres.colours));
}

const hex = (level: number): string => level.toString(16).padStart(2, '0');

/** Red, green and blue of a centre. */
function coloursOf({ values, colours }: Centres, centre: number): readonly number[] {
  return [0, 1, 2].map((channel) => levelOf(values[centre * colours + (colours === 1 ? 0 : channel)]!));
}

function paint(input: Raster, centres: Centres): Raster {
  const { width, height, channels, data } = input;
  const output = createRaster(width, height, channels);
  const target = output.data;
  const colours = colourChannels(channels);
  const nearest = nearestOf(centres, width * height);
  const levels = Uint8Array.from(centres.values, levelOf);
  for (let at = 0; at < data.length; at += channels) {
    const from = nearest(data[at]!, data[at + 1]!, data[at + 2]!) * colours;
    for (let channel = 0; channel < colours; channel++) target[at + channel] = levels[from + channel]!;
    if (hasAlpha(channels)) target[at + colours] = data[at + colours]!;
  }
  return output;
}
