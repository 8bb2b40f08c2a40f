import type { Nodata } from '@tessera/contracts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { CogLayout } from './cog-layout.ts';
import type { CogCompression } from './cog-options.ts';
import { gdalMetadata } from './gdal-metadata.ts';
import { geoFields } from './geo-fields.ts';
import { longs, opaque, shorts, text, wholes, type TiffField } from './tiff-field.ts';

const COMPRESSIONS: Readonly<Record<CogCompression, number>> = {
  none: 1,
  lzw: 5,
  jpeg: 7,
  deflate: 8,
  zstd: 50_000,
};
const SAMPLE_FORMATS = { unsigned: 1, signed: 2, float: 3 } as const;
const PHOTOMETRIC = { grey: 1, rgb: 2, yCbCr: 6 } as const;
const REDUCED_IMAGE = 1;
const UNASSOCIATED_ALPHA = 2;

/** The fields of a level's directory but those that say where its tiles are. */
export function levelFields(layout: CogLayout, level: number, jpegTables: Uint8Array | undefined): TiffField[] {
  const { width, height } = layout.levels[level]!;
  const { bytes, kind } = SAMPLE_TYPES[layout.type];
  const { bands, tile } = layout;
  const fields = [
    ...(level > 0 ? [long(254, REDUCED_IMAGE)] : []),
    side(256, width),
    side(257, height),
    shorts(258, ...repeated(bands, 8 * bytes)),
    shorts(259, COMPRESSIONS[layout.compression]),
    ...colourFields(layout),
    shorts(277, bands),
    shorts(284, layout.planes === 1 ? 1 : 2),
    shorts(322, tile),
    shorts(323, tile),
    shorts(339, ...repeated(bands, SAMPLE_FORMATS[kind])),
  ];
  if (layout.predictor !== 1) fields.push(shorts(317, layout.predictor));
  if (jpegTables) fields.push(opaque(347, jpegTables));
  if (layout.nodata !== null) fields.push(text(42_113, nodataText(layout.nodata)));
  if (level > 0) return fields;
  const metadata = gdalMetadata(layout.metadata);
  if (metadata !== undefined) fields.push(text(42_112, metadata));
  return [...fields, ...geoFields(layout.transform, layout.epsg)];
}

function colourFields(layout: CogLayout): TiffField[] {
  const { bands, photometric, alpha, compression, planes } = layout;
  if (compression === 'jpeg' && planes === 1 && bands === 3) {
    return [
      shorts(262, PHOTOMETRIC.yCbCr),
      shorts(530, 2, 2),
      // Full range, as JPEG has it: TIFF's default is another.
      wholes(532, 0, 255, 128, 255, 128, 255),
    ];
  }
  const extra = bands - (photometric === 'rgb' ? 3 : 1);
  const fields = [shorts(262, PHOTOMETRIC[photometric])];
  if (extra === 0) return fields;
  const kinds = repeated(extra, 0);
  if (alpha) kinds[extra - 1] = UNASSOCIATED_ALPHA;
  return [...fields, shorts(338, ...kinds)];
}

/** As C's numbers are written and read. */
function nodataText(nodata: Nodata): string {
  if (typeof nodata === 'string') return nodata;
  if (Number.isFinite(nodata)) return String(nodata);
  return nodata < 0 ? '-inf' : 'inf';
}

function side(tag: number, pixels: number): TiffField {
  return pixels < 65_536 ? shorts(tag, pixels) : long(tag, pixels);
}

function long(tag: number, value: number): TiffField {
  return longs(tag, Uint32Array.of(value));
}

function repeated(count: number, value: number): number[] {
  return new Array<number>(count).fill(value);
}
