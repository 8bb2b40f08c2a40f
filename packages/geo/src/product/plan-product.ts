import {
  type OverviewRule,
  type Plan,
  type RasterCompression,
  type RasterCompute,
  type RasterStage,
  type RasterTarget,
  type RasterWork,
} from '@tessera/contracts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { layoutOf } from './product-layout.ts';

export interface ProductWish {
  readonly compute: RasterCompute;
  readonly target: RasterTarget;
  readonly size: { readonly width: number; readonly height: number };
  /** Rasters in the set of sources. */
  readonly sources: number;
  readonly compression: RasterCompression;
  readonly overviews: OverviewRule;
  /** Version of the code whose samples the plan promises. */
  readonly kernel: string;
}

const TILE = 512;
/** Samples per band of a window that needs little memory for each. */
const WINDOW_PIXELS = 4 * 1024 * 1024;
/** Bytes that the samples of all scenes in one window may take: an executor computes one window per slot. */
const SCENE_BYTES = 192 * 1024 * 1024;
/** Efforts at which encoding is not slower than computing, by measurement. */
const LEVELS: Readonly<Record<RasterCompression, number>> = { none: 0, deflate: 4, zstd: 3, lzw: 0, jpeg: 90 };

/** Plans a product: windows of the full size, the overviews that no window can finish, and one file. Pure. */
export function planProduct(wish: ProductWish): Plan {
  const { compute, target, size, sources, compression, overviews, kernel } = wish;
  const raster: RasterWork = {
    compute,
    target,
    sources,
    cog: { windowPixels: windowPixels(wish), tile: TILE, compression, level: LEVELS[compression], overviews },
  };
  const { pieces } = layoutOf(raster, size);
  const stages = pieces.map(({ regions }, n): RasterStage => ({
    kind: n === 0 ? 'window' : 'overview',
    tasks: regions.length,
  }));
  const first = pieces[0]?.regions[0] ?? { ...size, x: 0, y: 0 };
  const channels = Math.min(4, target.bands.length);
  return {
    kernel,
    picture: { ...size, channels },
    pipeline: [],
    grid: { width: first.width, height: first.height },
    output: { format: 'tiff', quality: 100, subsampling: '4:4:4', metadata: 'strip', ...size, channels, tile: TILE },
    stages: [...stages, { kind: 'cog', tasks: 1 }],
    raster,
    reason: reasonOf(stages[0]?.tasks ?? 1, sources),
  };
}

/** As many samples as the scenes of a window leave room for, and never less than a tile. */
function windowPixels({ compute, target, sources }: ProductWish): number {
  if (compute.kind === 'index') return WINDOW_PIXELS;
  const perPixel = sources * compute.bands.length * Math.min(2, SAMPLE_TYPES[target.type].bytes);
  return Math.min(WINDOW_PIXELS, Math.max(TILE * TILE, Math.floor(SCENE_BYTES / perPixel)));
}

function reasonOf(windows: number, sources: number): string {
  const of = sources === 1 ? '1 raster' : `${sources} rasters`;
  return windows === 1 ? `One window of ${of}.` : `${windows} windows of ${of}, computed side by side.`;
}
