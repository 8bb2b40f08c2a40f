import type { BandFacts, Nodata, SampleType } from '@tessera/contracts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';

/** The number in GDAL_NODATA, which may be NaN or infinite; `undefined` where there is none. */
export function parseNodata(text: string | undefined): number | undefined {
  const word = text?.trim().toLowerCase() ?? '';
  if (/^[+-]?(nan|1\.#qnan|-1\.#ind)$/.test(word)) return NaN;
  const infinite = /^([+-]?)inf(inity)?$/.exec(word);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return word === '' || !Number.isFinite(Number(word)) ? undefined : Number(word);
}

/** A value as samples of a type have it; `undefined` where none can be equal to it. */
export function nodataOf(type: SampleType, value: number | undefined): number | undefined {
  if (value === undefined || type === 'float64') return value;
  if (type === 'float32') return Math.fround(value);
  const [least, greatest] = SAMPLE_TYPES[type].range;
  return Number.isInteger(value) && value >= least && value <= greatest ? value : undefined;
}

/** As facts tell it; they have no word for infinity. */
export function nodataFact(nodata: number | undefined): Nodata | null {
  if (nodata === undefined || Math.abs(nodata) === Infinity) return null;
  return Number.isNaN(nodata) ? 'nan' : nodata;
}

/** Names, scales and offsets of bands in GDAL_METADATA. GDAL escapes names twice. */
export function parseBands(xml: string | undefined, count: number): BandFacts[] {
  const bands = Array.from({ length: count }, () => ({ name: null as string | null, scale: 1, offset: 0 }));
  for (const [, attributes = '', value = ''] of (xml ?? '').matchAll(/<Item\s([^<>]*)>([^<]*)<\/Item>/g)) {
    const band = bands[Number(attribute(attributes, 'sample') ?? 'none')];
    const role = attribute(attributes, 'role');
    if (band === undefined) continue;
    if (role === 'description') band.name = unescapeXml(unescapeXml(value));
    const number = value.trim() === '' ? NaN : Number(value);
    if (role === 'scale' && Number.isFinite(number)) band.scale = number;
    if (role === 'offset' && Number.isFinite(number)) band.offset = number;
  }
  return bands;
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal, hex, name) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(String(hex), 16) : undefined;
    if (code === undefined) return ENTITIES[String(name)] ?? whole;
    return code <= 0x10_ffff ? String.fromCodePoint(code) : '';
  });
}
