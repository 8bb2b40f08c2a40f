import { readFile } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { openBench } from '../../../codec/src/decode/decoder-fixture.ts';
import { openRaster, type OpenRasterOptions } from '../open-raster.ts';
import { bytesRange } from '../source/bytes-range.ts';
import { difference, makeRasters } from '../tiff/rasters-fixture.ts';
import { assembleCog } from '../cog/assemble-cog.ts';
import { encodeTiledRegion, planTiledCopy } from './tiled-copy.ts';

const folder = await makeRasters(['masks', 'nodata', 'places', 'jp2']);
const bench = await openBench();
afterAll(async () => {
  await bench.close();
  await folder.remove();
});
const segmentless = new Uint8Array();
const options: OpenRasterOptions = { decodePicture: (tile, signal) => bench.decoder.decodeTile(tile, { signal }) };

it.each([
  'described',
  'rotated',
  'mask-strips',
  'mask-overviews',
  'alpha-uint16-4-band',
  'nodata-float32-1',
  'nodata-int16-0',
  'jp2-gml',
  'jp2-bytes',
])('%s has the same samples when it is tiled', async (name) => {
  const original = await openRaster(bytesRange(await readFile(folder.path(name))), options);
  const { layout, regions } = planTiledCopy(original.facts, { bytes: 8000, tile: 32 });
  const pieces = await Promise.all(regions.map((region) => encodeTiledRegion(original, layout, region)));
  const { segments } = assembleCog(layout, pieces);
  const parts = segments.map((segment) =>
    segment instanceof Uint8Array
      ? segment
      : (pieces[segment.piece]?.bytes ?? segmentless).subarray(segment.start, segment.end),
  );
  const tiled = await openRaster(bytesRange(Buffer.concat(parts)));
  const { width, height, tile, mask, ...facts } = original.facts;
  expect(tiled.facts).toMatchObject({ width, height, tile: { width: 32, height: 32 } });
  expect(tiled.facts).toMatchObject({ type: facts.type, epsg: facts.epsg, bands: facts.bands });
  expect(tiled.facts.transform).toEqual(facts.transform?.map((number): unknown => expect.closeTo(number, 6)) ?? null);
  expect(tiled.facts.mask).toBe(mask === 'none' ? 'none' : 'alpha');
  const window = { x: 0, y: 0, width, height };
  expect(difference(await tiled.readWindow(window), await original.readWindow(window))).toBeUndefined();
  expect(tile).toBeDefined();
});
