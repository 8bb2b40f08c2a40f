import { hasAlpha, type Raster } from '../raster.ts';
import { runPointFilter, type PointFilter } from './point-filter.ts';

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
  return runPointFilter(input, levelFilter(input.channels, red, green, blue));
}

/** The filter of such tables for pictures of 1–4 channels. */
export function levelFilter(channels: number, red: LevelTable, green: LevelTable, blue: LevelTable): PointFilter {
  const colours = channels < 3 ? [red] : [red, green, blue];
  const one = !hasAlpha(channels) && colours.every((table) => table === red);
  const tables = one ? [red] : [...colours, IDENTITY].slice(0, channels);
  const bytes = Uint8Array.from({ length: 256 * tables.length }, (_, at) => tables[at >> 8]![at & 255]!);
  return {
    channels,
    inPlace: true,
    parameters: new Int32Array(bytes.buffer),
    scalar: (source, target) => {
      mapScalar(source, target, tables);
    },
    vector: ({ levelTable }, source, target, pixels, parameters) => {
      levelTable(source, target, (pixels * channels) / tables.length, tables.length, parameters);
    },
  };
}

/** Each table takes the levels that are as far apart as there are tables. */
function mapScalar(source: Uint8Array, target: Uint8Array, tables: readonly LevelTable[]): void {
  for (const [first, table] of tables.entries()) {
    for (let at = first; at < source.length; at += tables.length) target[at] = table[source[at]!]!;
  }
}
