import type { RasterPicture, RasterWork } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { writeCog } from '../cog/write-cog-fixture.ts';
import { openRaster } from '../open-raster.ts';
import { mergeRange, startRange } from '../paint/find-range.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { bytesRange } from '../source/bytes-range.ts';
import { observeRegion, paintRegion } from './paint-region.ts';
import { picturePlace } from './picture-place.ts';
import { planProduct } from './plan-product.ts';
import { layoutOf } from './product-layout.ts';

const SIZE = { width: 300, height: 200 };
const PICTURE: RasterPicture = {
  kind: 'band',
  band: 0,
  palette: 'viridis',
  stretch: { kind: 'percentiles', low: 2, high: 98 },
};

/** A product of small tiles whose work is divided into windows of about so many pixels. */
function workOf(windowPixels: number, picture: RasterPicture): RasterWork {
  return {
    compute: { kind: 'index', index: { expression: 'x' }, inputs: {} },
    target: {
      type: 'float32',
      bands: [{ name: 'x' }],
      nodata: 'nan',
      epsg: null,
      transform: null,
      origin: { x: 0, y: 0 },
    },
    sources: 1,
    cog: { windowPixels, tile: 64, compression: 'deflate', level: 1, overviews: 'average' },
    picture,
  };
}

async function fileOf(work: RasterWork): Promise<RasterFile> {
  const { cog } = layoutOf(work, SIZE);
  const samples = Float32Array.from({ length: SIZE.width * SIZE.height }, (_, at) =>
    at % 7 === 0 ? NaN : Math.sin(at * 12.9898) ** 3,
  );
  const whole = { x: 0, y: 0, ...SIZE, type: 'float32' as const, bands: [samples], valid: [undefined] };
  return openRaster(bytesRange(await writeCog(cog, whole, work.cog.windowPixels)));
}

/** All that the stages of a picture do, in their order. */
async function pictureOf(windowPixels: number, picture = PICTURE) {
  const work = workOf(windowPixels, picture);
  const file = await fileOf(work);
  const windows = layoutOf(work, SIZE).pieces[0]?.regions ?? [];
  const stretch = picture.kind === 'band' ? picture.stretch : ({ kind: 'fixed', low: 0, high: 1 } as const);
  let state = startRange(stretch);
  let passes = 0;
  for (; state.kind === 'open'; passes++) {
    const partials: Uint8Array[] = [];
    for (const { x, y, width, height } of windows) {
      partials.push(await observeRegion(work, file, { x, y, width, height }, state));
    }
    state = mergeRange(partials.reverse(), 'float32', stretch, state);
  }
  const { bands, channels } = picturePlace(work, SIZE);
  const { range } = state;
  const strips = await Promise.all(bands.map((band) => paintRegion(work, file, band, range)));
  return { pixels: Buffer.concat(strips), range, bands: bands.length, windows: windows.length, passes, channels };
}

describe('the picture of a product', () => {
  it('has the same pixels, bands and range whatever the windows', async () => {
    const [one, many] = [await pictureOf(1_000_000), await pictureOf(64 * 128)];
    expect([one.windows, many.windows]).toEqual([1, 4]);
    expect(many.range).toEqual(one.range);
    expect(many.bands).toBe(one.bands);
    expect(many.pixels.equals(one.pixels)).toBe(true);
    expect(one).toMatchObject({ passes: 2, channels: 4 });
    expect([...one.pixels.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(one.pixels[7]).toBe(255);
  });

  it('is grey with opacity in greys', async () => {
    const grey = await pictureOf(64 * 128, { ...PICTURE, palette: 'greys', stretch: { kind: 'extremes' } });
    expect(grey).toMatchObject({ passes: 1, channels: 2 });
    expect(grey.pixels.length).toBe(2 * SIZE.width * SIZE.height);
    expect(new Set(grey.pixels.filter((_, at) => at % 2 === 1))).toEqual(new Set([0, 255]));
    expect([Math.min(...grey.pixels), Math.max(...grey.pixels)]).toEqual([0, 255]);
  });

  it('is looked at as often as its samples need, and no oftener', () => {
    const kinds = (picture: RasterPicture, type: 'uint8' | 'float32') => {
      const { compute, target, sources } = workOf(1, picture);
      const wish = { compute, target: { ...target, type, nodata: null }, size: SIZE, sources, picture };
      return planProduct({ ...wish, compression: 'deflate', overviews: 'average', kernel: 'k' }).stages.map(
        ({ kind }) => kind,
      );
    };
    const pass = ['range', 'stretch'];
    const plan = (...between: readonly string[]) => ['window', 'cog', ...between, 'paint', 'picture'];
    expect(kinds(PICTURE, 'float32')).toEqual(plan(...pass, ...pass));
    expect(kinds(PICTURE, 'uint8')).toEqual(plan(...pass));
    expect(kinds({ ...PICTURE, stretch: { kind: 'extremes' } }, 'float32')).toEqual(plan(...pass));
    expect(kinds({ ...PICTURE, stretch: { kind: 'fixed', low: 0, high: 1 } }, 'float32')).toEqual(plan());
    expect(kinds({ kind: 'rgb' }, 'uint8')).toEqual(plan());
  });

  it('is divided into bands that one task can hold', () => {
    const rows = (width: number) =>
      picturePlace({ ...workOf(1, PICTURE), cog: { ...workOf(1, PICTURE).cog, tile: 512 } }, { width, height: 99_999 })
        .rows;
    expect([256, 1300, 8192, 40_000, 1_000_000].map(rows)).toEqual([4096, 512, 512, 256, 16]);
  });
});
