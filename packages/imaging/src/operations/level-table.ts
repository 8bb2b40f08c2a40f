import { createRaster, hasAlpha, type Raster } from '../raster.ts';

/** For each of the 256 levels the one that it becomes. */
export type LevelTable = Uint8Array;

/** Gives each level from 0 to 255 another; results outside that are cut off. */
export type ToneCurve = (level: number) => number;

/** The table of a curve; results are rounded half up. */
export function tableOf(curve: ToneCurve): LevelTable {
  return Uint8Array.from({ length: 256 }, (_, level) => {
    const value = Math.floor(curve(level) + 0.5);
    return Math.min(255, Math.max(0, value));
  });
}

/** The table that changes nothing. */
export const IDENTITY: LevelTable = Uint8Array.from({ length: 256 }, (_, level) => level);

/** A channel of colours by name, or all of them. */
export type ToneChannel = 'all' | 'red' | 'green' | 'blue';

/**
 * A picture whose levels are replaced by those of a table; alpha stays. Gray pictures have no single colours: for them
 * only `all` changes something.
 */
export function mapLevels(input: Raster, table: LevelTable, channel: ToneChannel = 'all'): Raster {
  if (channel === 'all') return mapChannels(input, table, table, table);
  const of = (name: ToneChannel): LevelTable => (name === channel ? table : IDENTITY);
  return input.channels < 3 ? input : mapChannels(input, of('red'), of('green'), of('blue'));
}

/** A picture whose levels are replaced by those of a table for each colour; gray pictures take the first. Alpha stays. */
export function mapChannels(input: Raster, red: LevelTable, green: LevelTable, blue: LevelTable): Raster {
  const { width, height, channels, data } = input;
  const output = createRaster(width, height, channels);
  const target = output.data;
  const { length } = data;
  if (!hasAlpha(channels) && red === green && green === blue) {
    for (let at = 0; at < length; at++) target[at] = red[data[at]!]!;
    return output;
  }
  const tables = channels < 3 ? [red, IDENTITY] : [red, green, blue, IDENTITY];
  for (let channel = 0; channel < channels; channel++) {
    const table = tables[channel]!;
    for (let at = channel; at < length; at += channels) target[at] = table[data[at]!]!;
  }
  return output;
}
