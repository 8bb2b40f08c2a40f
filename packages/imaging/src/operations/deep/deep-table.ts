import { hasAlpha } from '../../raster.ts';
import type { ToneChannel, ToneCurve } from '../level-table.ts';
import { createDeep, deepLevel, MOST, PER_LEVEL, type DeepRaster } from './deep-raster.ts';

/** For each of the 65536 levels the one that it becomes. */
export type DeepTable = Uint16Array;

/** Gives each level from 0 to 65535 another; results are rounded half up and cut off. */
export type DeepChange = (level: number) => number;

/** A curve that is told for levels of 8 bits: between them are 256 others. */
export function deepChange(curve: ToneCurve): DeepChange {
  return (level) => PER_LEVEL * curve(level / PER_LEVEL);
}

/** A picture whose levels are replaced by others; see `mapLevels`. */
export function mapDeepLevels(
  input: DeepRaster,
  change: DeepTable | DeepChange,
  channel: ToneChannel = 'all',
): DeepRaster {
  const quick = quickest(change, input);
  if (channel === 'all') return mapDeepChannels(input, quick, quick, quick);
  const of = (name: ToneChannel): typeof quick | undefined => (name === channel ? quick : undefined);
  return input.channels < 3 ? input : mapDeepChannels(input, of('red'), of('green'), of('blue'));
}

/** The same for each colour; gray pictures take the first. Without a change a colour stays, and alpha does. */
export function mapDeepChannels(
  input: DeepRaster,
  ...[red, green, blue]: readonly (DeepTable | DeepChange | undefined)[]
): DeepRaster {
  const { width, height, channels } = input;
  const output = createDeep(width, height, channels);
  const colours = channels < 3 ? [red] : [red, green, blue];
  for (const [channel, change] of colours.entries()) mapChannel(input, output, channel, change);
  if (hasAlpha(channels)) mapChannel(input, output, channels - 1, undefined);
  return output;
}

function mapChannel(
  input: DeepRaster,
  output: DeepRaster,
  channel: number,
  change: DeepTable | DeepChange | undefined,
): void {
  const [source, target, step] = [input.data, output.data, input.channels];
  if (change === undefined) {
    for (let at = channel; at < source.length; at += step) target[at] = source[at]!;
    return;
  }
  const quick = quickest(change, input);
  if (typeof quick === 'function') {
    for (let at = channel; at < source.length; at += step) target[at] = deepLevel(quick(source[at]!));
  } else {
    for (let at = channel; at < source.length; at += step) target[at] = quick[source[at]!]!;
  }
}

/** A table, unless there are fewer samples than it would have entries. */
function quickest(change: DeepTable | DeepChange, { width, height }: DeepRaster): DeepTable | DeepChange {
  if (typeof change !== 'function' || width * height <= MOST) return change;
  const table = new Uint16Array(MOST + 1);
  for (let level = 0; level <= MOST; level++) table[level] = deepLevel(change(level));
  return table;
}
