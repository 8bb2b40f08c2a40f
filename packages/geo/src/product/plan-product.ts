import {
  type OverviewRule,
  type Plan,
  type RasterCompression,
  type RasterCompute,
  type RasterPicture,
  type RasterStage,
  type RasterTarget,
  type RasterWork,
} from '@tessera/contracts';
import { DEFAULT_SAMPLE_BUDGET } from '../composite/row-blocks.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { picturePlace } from './picture-place.ts';
import { rangePasses } from './range-passes.ts';
import { layoutOf } from './product-layout.ts';

export interface ProductWish {
  readonly compute: RasterCompute;
  readonly target: RasterTarget;
  readonly size: { readonly width: number; readonly height: number };
  /** Rasters in the set of sources. */
  readonly sources: number;
  /** Where several rasters make a scene; default: each is one. */
  readonly scenes?: number | undefined;
  readonly compression: RasterCompression;
  readonly overviews: OverviewRule;
  /** The picture beside the raster, where one is wanted. */
  readonly picture?: RasterPicture | undefined;
  /** Version of the code whose samples the plan promises. */
  readonly kernel: string;
}

const TILE = 512;
/** Samples per band of a window that needs little memory for each. */
const WINDOW_PIXELS = 4 * 1024 * 1024;
/** Of a mosaic: places of pixels take 16 bytes for each, and what is read of a scene may be four times as much. */
const MOSAIC_PIXELS = 1024 * 1024;
/** Bytes that the samples of all scenes in one window of a mosaic may take: an executor computes one window per slot. */
const MOSAIC_BYTES = 192 * 1024 * 1024;
/** The same of a composite, which makes a window in a few blocks of rows where it is more than one of them may hold. */
const COMPOSITE_BYTES = 2.5 * DEFAULT_SAMPLE_BUDGET;
/** Slots that shall have something to do of a product that is one window by its size alone. */
const SHARES = 4;
/** Efforts at which encoding is not slower than computing, by measurement. */
const LEVELS: Readonly<Record<RasterCompression, number>> = { none: 0, deflate: 4, zstd: 3, lzw: 0, jpeg: 90 };

/**
 * Plans a product: windows of the full size, the overviews that no window can finish, one file; and its picture, painted
 * out of that file. Pure.
 */
export function planProduct(wish: ProductWish): Plan {
  const { compute, target, size, sources, compression, overviews, picture, kernel } = wish;
  const raster: RasterWork = {
    compute,
    target,
    sources,
    cog: { windowPixels: windowPixels(wish), tile: TILE, compression, level: LEVELS[compression], overviews },
    ...(picture === undefined ? {} : { picture }),
  };
  return planWork(raster, size, kernel);
}

/** The plan of a product of which all is known but how it is cut. Pure. */
export function planWork(raster: RasterWork, size: ProductWish['size'], kernel: string): Plan {
  const { target, sources } = raster;
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
    stages: [...stages, { kind: 'cog', tasks: 1 }, ...pictureStages(raster, size, stages[0]?.tasks ?? 1)],
    raster,
    reason: reasonOf(stages[0]?.tasks ?? 1, sources),
  };
}

/** A pair of stages for each pass over the raster that finding the range takes; then the picture. */
function pictureStages(raster: RasterWork, size: ProductWish['size'], windows: number): readonly RasterStage[] {
  const { picture, target } = raster;
  if (picture === undefined) return [];
  const passes = Array.from({ length: rangePasses(picture, target.type) }, (): readonly RasterStage[] => [
    { kind: 'range', tasks: windows },
    { kind: 'stretch', tasks: 1 },
  ]);
  const { bands } = picturePlace(raster, size);
  return [...passes.flat(), { kind: 'paint', tasks: bands.length }, { kind: 'picture', tasks: 1 }];
}

/** No more than memory allows for, and so few that several slots have work; never less than a row of tiles. */
function windowPixels({ compute, target, sources, scenes = sources, size }: ProductWish): number {
  const shared = size.height < 2 * TILE ? Infinity : size.width * TILE * Math.ceil(size.height / TILE / SHARES);
  const most = Math.min(compute.kind === 'mosaic' ? MOSAIC_PIXELS : WINDOW_PIXELS, shared);
  if (compute.kind === 'index') return most;
  const isMosaic = compute.kind === 'mosaic';
  const bytes = isMosaic ? SAMPLE_TYPES[compute.samples.type].bytes + 1 : Math.min(2, SAMPLE_TYPES[target.type].bytes);
  const held = Math.floor((isMosaic ? MOSAIC_BYTES : COMPOSITE_BYTES) / (scenes * compute.bands.length * bytes));
  return isMosaic && compute.rule === 'first' ? most : Math.min(most, Math.max(TILE * TILE, held));
}

function reasonOf(windows: number, sources: number): string {
  const of = sources === 1 ? '1 raster' : `${sources} rasters`;
  return windows === 1 ? `One window of ${of}.` : `${windows} windows of ${of}, computed side by side.`;
}
