import { INDICES, type BandRole, type IndexName } from '@tessera/contracts';

/** Names of bands in files of Sentinel-2, of Landsat 8 and 9, and in words. */
const WORDS: Readonly<Partial<Record<BandRole, RegExp>>> = {
  blue: /(^|[^a-z])blue([^a-z]|$)/i,
  green: /(^|[^a-z])green([^a-z]|$)/i,
  red: /(^|[^a-z])red([^a-z]|$)/i,
  nir: /(^|[^a-z])nir([^a-z0-9]|$)/i,
  swir1: /(^|[^a-z])swir(_?1|16)?([^a-z0-9]|$)/i,
  swir2: /(^|[^a-z])swir(_?2|22)([^a-z0-9]|$)/i,
};
const LANDSAT: Readonly<Record<number, BandRole>> = {
  2: 'blue',
  3: 'green',
  4: 'red',
  5: 'nir',
  6: 'swir1',
  7: 'swir2',
};
const SENTINEL: Readonly<Record<string, BandRole>> = {
  '02': 'blue',
  '03': 'green',
  '04': 'red',
  '08': 'nir',
  '8': 'nir',
  '8A': 'nir08',
  '11': 'swir1',
  '12': 'swir2',
};
const IS_LANDSAT = /(^|[^a-z])(l[co]?[89]|lc0[89]|sr|landsat)([^a-z]|$)/i;
const NUMBER = /(?:^|[^a-z0-9])b(?:and)?_?(\d{1,2}a?)(?=[^a-z0-9]|$)/i;

/** What the band in a file sees, told by the file's name; undefined where the name does not say. */
export function roleOfFile(name: string): BandRole | undefined {
  const stem = name.replace(/\.[a-z0-9]+$/i, '');
  const word = Object.entries(WORDS).find(([, pattern]) => pattern.test(stem));
  if (word) return word[0] as BandRole;
  const number = NUMBER.exec(stem)?.[1]?.toUpperCase();
  if (number === undefined) return undefined;
  // Sentinel-2 writes two digits, Landsat one; 2 to 4 see the same on both.
  if (!IS_LANDSAT.test(stem) && SENTINEL[number]) return SENTINEL[number];
  return LANDSAT[Number(number)];
}

/** The bands that an index reads. */
export function rolesOf(index: IndexName): readonly BandRole[] {
  return INDICES.find((one) => one.index === index)?.bands ?? [];
}

/** Gives each band of an index the file whose name says so; then each that is left the next file that says nothing. */
export function guessFiles(index: IndexName, names: readonly string[]): Readonly<Partial<Record<BandRole, number>>> {
  const roles = names.map(roleOfFile);
  const wanted = rolesOf(index);
  const silent = roles.flatMap((role, n) => (role === undefined ? [n] : []));
  return Object.fromEntries(
    wanted.flatMap((role) => {
      const found = roles.indexOf(role);
      const file = found >= 0 ? found : silent.shift();
      return file === undefined ? [] : [[role, file]];
    }),
  );
}
