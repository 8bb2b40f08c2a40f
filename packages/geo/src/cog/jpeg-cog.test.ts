import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeJpegTile } from '../../../codec/src/encode-jpeg-tile.ts';
import { sharp } from '../../../codec/src/sharp.ts';
import { assembleCog } from './assemble-cog.ts';
import { planCog, type CogLayout } from './cog-layout.ts';
import { cutTile } from './cut-tile.ts';
import { encodePiece } from './encode-piece.ts';
import { seeCogs } from './oracle-fixture.ts';
import { makeRaster, writeCog } from './write-cog-fixture.ts';

const plan = (options: { readonly bands: number; readonly interleave?: 'band'; readonly level?: number }): CogLayout =>
  planCog({ width: 150, height: 130, type: 'uint8', compression: 'jpeg', tile: 64, ...options });

/** SHA-256 of a raster's bands when each tile of it is encoded and decoded by itself. */
async function throughJpeg(layout: CogLayout): Promise<string[]> {
  const { bands, tile } = layout;
  const raster = makeRaster({ width: 150, height: 130 }, 'uint8', bands);
  const seen = raster.bands.map(({ length }) => new Uint8Array(length));
  const planes = layout.planes === 1 ? [raster.bands.map((_, band) => band)] : raster.bands.map((_, band) => [band]);
  for (const plane of planes) {
    for (let y = 0; y < raster.height; y += tile) {
      for (let x = 0; x < raster.width; x += tile) {
        const data = cutTile(raster, plane, x, y, tile) as Uint8Array;
        const channels = plane.length === 3 ? 3 : 1;
        const file = await encodeJpegTile({ data, width: tile, height: tile, channels, quality: layout.level });
        const pixels = await sharp(file)
          .toColourspace(channels === 1 ? 'b-w' : 'srgb')
          .raw()
          .toBuffer();
        for (let at = 0; at < tile * tile; at++) {
          const [column, row] = [x + (at % tile), y + Math.floor(at / tile)];
          if (column >= raster.width || row >= raster.height) continue;
          for (const [index, band] of plane.entries()) {
            seen[band]![row * raster.width + column] = pixels[at * channels + index]!;
          }
        }
      }
    }
  }
  return seen.map((band) => hash('sha256', band, 'hex'));
}

describe('a COG of JPEG tiles', () => {
  it('is read with the pixels of its tiles, tables shared', async () => {
    const layouts = [plan({ bands: 3 }), plan({ bands: 1, level: 90 }), plan({ bands: 4, interleave: 'band' })];
    const files = await Promise.all(
      layouts.map((layout) => writeCog(layout, makeRaster({ width: 150, height: 130 }, 'uint8', layout.bands), 5000)),
    );
    const sights = await seeCogs(files);
    for (const [index, sight] of sights.entries()) {
      expect(sight).toMatchObject({ warnings: [], errors: [], complaints: [] });
      expect(sight.structure).toMatchObject({ LAYOUT: 'COG', COMPRESSION: index === 0 ? 'YCbCr JPEG' : 'JPEG' });
      expect(sight.levels[0]!.digests).toEqual(await throughJpeg(layouts[index]!));
    }
  });

  it('refuses tiles whose tables differ', async () => {
    const layout = plan({ bands: 1 });
    const raster = makeRaster({ width: 150, height: 130 }, 'uint8', 1);
    const region = { level: 0, levels: 3, x: 0, y: 0, width: 150, height: 130 };
    const { sizes } = await encodePiece(layout, region, raster, encodeJpegTile);
    const without = () => assembleCog(layout, [{ region, sizes }]);
    expect(without).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    let quality = 10;
    const wild = encodePiece(layout, region, raster, (pixels) => encodeJpegTile({ ...pixels, quality: quality++ }));
    await expect(wild).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
