import { describe, expect, it } from 'vitest';
import { planCog } from './cog-layout.ts';
import type { CogOptions } from './cog-options.ts';
import { seeCogs } from './oracle-fixture.ts';
import { levelDigests, makeRaster, writeCog } from './write-cog-fixture.ts';

const types = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const;
const sides = [
  [1, 1],
  [15, 16],
  [16, 17],
  [17, 15],
  [511, 3],
  [512, 512],
  [513, 1],
  [1, 513],
  [1025, 20],
  [17, 530],
  [130, 140],
] as const;

/** Every type with every compression, and predictor it can have; sizes, bands, interleaving, tiles and form by turns. */
function* matrix(): Generator<CogOptions> {
  let turn = 0;
  for (const type of types) {
    const isFloat = type.startsWith('float');
    for (const compression of ['none', 'deflate', 'zstd', 'lzw'] as const) {
      for (const predictor of compression === 'none' ? ([1] as const) : ([1, isFloat ? 3 : 2] as const)) {
        const interleave = turn % 5 < 2 ? 'band' : 'pixel';
        const [width, height] = sides[turn % sides.length]!;
        // Large tiles for one band only: most of them is padding.
        const tile = turn % 4 === 0 && Math.max(width, height) > 500 ? 512 : [48, 64, 128, 256][(turn >> 1) % 4]!;
        const bigTiff = turn % 3 === 0 || 'auto';
        yield { width, height, type, bands: 1 + (turn % 4), compression, predictor, interleave, tile, bigTiff };
        turn++;
      }
    }
  }
}

/** A small raster of noise and waves as a file. */
async function small(options: Partial<CogOptions> = {}, hole?: number): Promise<Uint8Array> {
  const whole: CogOptions = { width: 40, height: 30, type: 'uint8', bands: 1, tile: 16, ...options };
  const raster = makeRaster(whole, whole.type, whole.bands, hole === undefined ? {} : { hole });
  return writeCog(planCog(whole), raster, 32 * 32);
}

const clean = { warnings: [], errors: [], complaints: [] };

describe('a COG', () => {
  it('is valid and holds every sample of every level, whatever its form', async () => {
    const cases = [...matrix()];
    const files: Uint8Array[] = [];
    const digests: string[][][] = [];
    for (const [index, options] of cases.entries()) {
      const layout = planCog(options);
      const raster = makeRaster(options, options.type, options.bands, { seed: index });
      files.push(await writeCog(layout, raster, 128 * 128));
      digests.push(levelDigests(layout, raster));
    }
    for (const [index, sight] of (await seeCogs(files)).entries()) {
      const { type, bands, ...options } = cases[index]!;
      const told = { ...sight, structure: sight.structure.LAYOUT, digests: sight.levels.map((level) => level.digests) };
      const expected = { ...clean, structure: 'COG', digests: digests[index] };
      expect(told, JSON.stringify(options)).toMatchObject(expected);
      expect(sight.rasterio.dtypes).toEqual(new Array(bands).fill(type));
      expect(sight.rasterio.digests).toEqual(digests[index]![0]);
    }
  }, 90_000);

  it('says where it lies', async () => {
    const north = [300_000, 10, 0, 4_000_020.5, 0, -10] as const;
    const south = [300_000, 10, 0, 4_000_020.5, 0, 10] as const;
    const turned = [300_000, 7, 2, 4_000_020.5, 3, -8] as const;
    const places = [
      { epsg: 32_637, transform: north },
      { epsg: 4326, transform: [-180, 0.25, 0, 90, 0, -0.25] as const },
      { epsg: 3857, transform: south },
      { epsg: 2056, transform: turned },
      { epsg: 4087, transform: north },
      { epsg: 4490, transform: north },
      { epsg: 9057, transform: north },
      { epsg: null, transform: turned },
      { epsg: 27_700, transform: null },
      { epsg: null, transform: null },
    ];
    const sights = await seeCogs(await Promise.all(places.map((place) => small(place))));
    for (const [index, sight] of sights.entries()) {
      const { epsg, transform } = places[index]!;
      expect(sight).toMatchObject(clean);
      expect(sight.geotransform).toEqual(transform);
      expect(sight.rasterio.epsg).toBe(epsg);
      expect(sight.rasterio.projected).toBe(epsg !== null && ![4326, 4490, 9057].includes(epsg));
    }
  });

  it('says what is no data', async () => {
    const least = -(2 - 2 ** -23) * 2 ** 127;
    const cases: { options: Partial<CogOptions>; value: number; seen: number | string }[] = [
      { options: { type: 'uint8', nodata: 0 }, value: 0, seen: 0 },
      { options: { type: 'int16', nodata: -32_768, bands: 2 }, value: -32_768, seen: -32_768 },
      { options: { type: 'uint32', nodata: 4_294_967_295 }, value: 4_294_967_295, seen: 4_294_967_295 },
      { options: { type: 'float32', nodata: 'nan' }, value: NaN, seen: 'nan' },
      { options: { type: 'float32', nodata: least }, value: least, seen: least },
      { options: { type: 'float64', nodata: -1e300 }, value: -1e300, seen: -1e300 },
      { options: { type: 'float32', nodata: -Infinity }, value: -Infinity, seen: '-inf' },
    ];
    const sights = await seeCogs(await Promise.all(cases.map(({ options, value }) => small(options, value))));
    for (const [index, sight] of sights.entries()) {
      expect(sight).toMatchObject(clean);
      expect(sight.rasterio.nodata).toEqual(cases[index]!.seen);
      for (const level of sight.levels) for (const nodata of level.nodata) expect(nodata).toEqual(cases[index]!.seen);
    }
  });

  it('carries metadata of the file and of its bands, whatever their characters', async () => {
    const odd = `a & b <c> "d" 'e' é ش\n&amp;`;
    const bands = [
      { description: 'B04 <red>', scale: 0.0001, offset: -0.1, unit: 'µm', items: { 'CENTER "WL"': odd } },
      { scale: 1 / 3, offset: 1e-300 },
      {},
    ];
    const metadata = { items: { TIFFTAG: odd, 'näme & <x>': 'value' }, bands };
    const [sight] = await seeCogs([await small({ type: 'uint16', bands: 3, metadata })]);
    expect(sight).toMatchObject(clean);
    expect(sight!.metadata).toMatchObject(metadata.items);
    expect(sight!.bandMetadata.map((items) => items['CENTER "WL"'])).toEqual([odd, undefined, undefined]);
    expect(sight!.units).toEqual(['µm', '', '']);
    expect(sight!.rasterio).toMatchObject({
      descriptions: ['B04 <red>', null, null],
      scales: [0.0001, 1 / 3, 1],
      offsets: [-0.1, 1e-300, 0],
    });
  });

  it('refuses metadata that XML can not hold', async () => {
    const refused = small({ metadata: { items: { name: 'a\u0001b' } } });
    await expect(refused).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('tells colours and alpha', async () => {
    const sights = await seeCogs([
      await small({ bands: 3, photometric: 'rgb' }),
      await small({ bands: 4, photometric: 'rgb', alpha: true }),
      await small({ bands: 2, alpha: true, type: 'float32', interleave: 'band' }),
      await small({ bands: 5 }),
    ]);
    expect(sights.flatMap(({ errors, warnings, complaints }) => [...errors, ...warnings, ...complaints])).toEqual([]);
    expect(sights.map(({ colours }) => colours)).toEqual([
      ['Red', 'Green', 'Blue'],
      ['Red', 'Green', 'Blue', 'Alpha'],
      ['Gray', 'Alpha'],
      ['Gray', 'Undefined', 'Undefined', 'Undefined', 'Undefined'],
    ]);
  });
});
