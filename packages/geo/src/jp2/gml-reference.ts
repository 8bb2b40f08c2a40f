import type { GeoTransform } from '@tessera/contracts';
import type { Georeference } from '../tiff/geo-keys.ts';

/** A code of EPSG at the end of a name, as `urn:ogc:def:crs:EPSG::32616` or `http://www.opengis.net/gml/srs/epsg.xml#32616`. */
const EPSG = /(?:EPSG:[^:"]*:|epsg\.xml#|EPSG\/0\/)(\d{4,5})"/i;

/** Reads where a raster lies from the RectifiedGrid of a GMLJP2 box (OGC 05-047), whose origin is the centre of a pixel. */
export function readGmlReference(gml: string): Georeference {
  const grid = /<(?:gml:)?RectifiedGrid[\s>][\s\S]*?<\/(?:gml:)?RectifiedGrid>/.exec(gml)?.[0];
  if (grid === undefined) return { epsg: null, transform: null };
  const [, code] = EPSG.exec(grid) ?? [];
  const epsg = code === undefined ? null : Number(code);
  const origin = numbers(/<(?:gml:)?(?:pos|coordinates)[^>]*>([^<]*)</.exec(grid)?.[1]);
  const [column, row] = [...grid.matchAll(/<(?:gml:)?offsetVector[^>]*>([^<]*)</g)].map(([, text]) => numbers(text));
  if (origin === undefined || column === undefined || row === undefined) return { epsg, transform: null };
  // Names of the form urn: have the axes as EPSG defines them: of geographic systems latitude comes first.
  const isSwapped = epsg !== null && epsg >= 4000 && epsg < 5000 && grid.includes('urn:ogc:def:crs');
  const [first, second] = isSwapped ? ([1, 0] as const) : ([0, 1] as const);
  const [dx, rx, ry, dy] = [column[first], row[first], column[second], row[second]];
  const transform: GeoTransform = [
    ...([origin[first] - (dx + rx) / 2, dx, rx] as const),
    ...([origin[second] - (ry + dy) / 2, ry, dy] as const),
  ];
  return { epsg, transform: dx * dy === rx * ry ? null : transform };
}

function numbers(text: string | undefined): readonly [number, number] | undefined {
  const [a, b] = (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return a !== undefined && b !== undefined && Number.isFinite(a) && Number.isFinite(b) ? [a, b] : undefined;
}
