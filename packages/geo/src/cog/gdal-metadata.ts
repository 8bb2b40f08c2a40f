import { AppError } from '@tessera/runtime/app-error';
import type { CogBandMetadata, CogMetadata } from './cog-options.ts';

/** XML 1.0 has no control characters, not even escaped, but these. */
const WHITE = ['\t', '\n', '\r'];

/** The text of GDAL's metadata tag, or `undefined` where there is nothing to tell. */
export function gdalMetadata({ items = {}, bands = [] }: CogMetadata): string | undefined {
  const lines = Object.entries(items).map(([name, value]) => item(name, value, ''));
  for (const [sample, band] of bands.entries()) {
    for (const [name, value, role] of bandItems(band)) {
      lines.push(item(name, value, ` sample="${sample}"${role === undefined ? '' : ` role="${role}"`}`));
    }
  }
  return lines.length === 0 ? undefined : `<GDALMetadata>\n${lines.join('')}</GDALMetadata>\n`;
}

function* bandItems(band: CogBandMetadata): Generator<readonly [name: string, value: string, role?: string]> {
  yield* Object.entries(band.items ?? {});
  const { scale = 1, offset = 0 } = band;
  // GDAL's readers take neither without the other from some versions on.
  if (scale !== 1 || offset !== 0) {
    yield ['OFFSET', String(offset), 'offset'];
    yield ['SCALE', String(scale), 'scale'];
  }
  if (band.unit) yield ['UNITTYPE', band.unit, 'unittype'];
  if (band.description) yield ['DESCRIPTION', band.description, 'description'];
}

/** GDAL escapes values twice, and undoes it twice. */
function item(name: string, value: string, attributes: string): string {
  if ([...name, ...value].some((character) => character < ' ' && !WHITE.includes(character))) {
    throw new AppError('INTERNAL', { message: 'The metadata hold control characters.' });
  }
  return `  <Item name="${escapeXml(name)}"${attributes}>${escapeXml(escapeXml(value))}</Item>\n`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
