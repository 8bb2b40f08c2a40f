import type {
  MissingScene,
  RasterCompute,
  RasterSource,
  RasterWork,
  Region,
  Scene,
  SceneBand,
} from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { computeIndex, type IndexBand } from '../algebra/compute-index.ts';
import { indexExpression } from '../algebra/index-expression.ts';
import { UNSCALED } from '../algebra/scaling.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { PixelPlaces } from '../warp/pixel-map.ts';
import type { RasterGrid, RasterPlacement } from '../warp/raster-grid.ts';
import { planWarp, reaches, warpBands, type Warp } from '../warp/warp.ts';
import type { Resampled } from '../warp/resample.ts';
import type { OpenSource } from './compute-window.ts';
import { createMosaic, type Mosaic } from './mosaic-rule.ts';
import { missingScene, type ComputedWindow } from './window-report.ts';

type MosaicCompute = Extract<RasterCompute, { kind: 'mosaic' }>;

/** The rasters of a mosaic, and which of them make a scene. */
export interface MosaicSources {
  readonly sources: readonly RasterSource[];
  readonly scenes: readonly Scene[];
}

/**
 * One window of a mosaic: the part of each scene that reaches it is reprojected, one scene after another, until the rule
 * needs no more.
 *
 * @param product Width and height of all of the mosaic.
 * @throws AppError what opening, reading and reprojecting throw, unless missing scenes are allowed.
 */
export async function mosaicWindow(
  compute: MosaicCompute,
  { target }: RasterWork,
  product: Pick<RasterGrid, 'width' | 'height'>,
  region: Region,
  { sources, scenes }: MosaicSources,
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<ComputedWindow> {
  const { epsg, transform } = target;
  if (epsg === null || transform === null)
    throw new AppError('INTERNAL', { details: { reason: 'a mosaic of no place' } });
  const { width, height } = product;
  const onto = new Target({ width, height, epsg, transform }, region);
  const reaching = scenes.flatMap((scene, number) => {
    const bands = bandsOf(compute, scene, sources);
    return scene.missing !== undefined || bands.every(({ lies }) => onto.isReachedBy(lies))
      ? [{ number, scene, bands }]
      : [];
  });
  const mosaic = createMosaic(compute, region, reaching.length);
  const served: number[] = [];
  const missing: MissingScene[] = [];
  for (const { number, scene, bands } of reaching) {
    if (mosaic.isFull) break;
    signal?.throwIfAborted();
    if (scene.missing !== undefined) {
      missing.push({ scene: number, ...scene.missing });
      continue;
    }
    try {
      const warped = await warpScene(compute, bands, onto, open, signal);
      if (warped !== undefined && mosaic.add(warped)) served.push(number);
    } catch (error) {
      const gone = compute.allowMissing ? missingScene(number, error) : undefined;
      if (gone === undefined) throw error;
      missing.push(gone);
    }
  }
  const block = indexOf(compute, mosaic, target);
  return { block, report: { scenes: served, missing } };
}

interface PlacedBand extends SceneBand {
  readonly lies: RasterPlacement;
}

function bandsOf({ bands }: MosaicCompute, scene: Scene, sources: readonly RasterSource[]): readonly PlacedBand[] {
  if (scene.missing !== undefined) return [];
  return bands.map((name) => {
    const band = scene.bands[name];
    const lies = band === undefined ? undefined : sources[band.source]?.lies;
    if (band === undefined || lies === undefined)
      throw new AppError('INTERNAL', { details: { reason: 'a scene without a band', name } });
    return { ...band, lies };
  });
}

/** The window as the scenes see it; scenes, and bands of a scene, often share a grid. */
class Target {
  readonly #grid: RasterGrid;
  readonly #region: Region;
  readonly #warps = new Map<string, Warp>();
  #last: { readonly key: string; readonly places: PixelPlaces } | undefined;

  constructor(grid: RasterGrid, region: Region) {
    this.#grid = grid;
    this.#region = region;
  }

  isReachedBy(lies: RasterPlacement): boolean {
    return reaches(this.#warp(lies), this.#region);
  }

  find(lies: RasterPlacement): { readonly warp: Warp; readonly places: PixelPlaces } {
    const warp = this.#warp(lies);
    const key = keyOf(lies);
    if (this.#last?.key !== key) this.#last = { key, places: warp.map.places(this.#region) };
    return { warp, places: this.#last.places };
  }

  #warp(lies: RasterPlacement): Warp {
    const key = keyOf(lies);
    const warp = this.#warps.get(key) ?? planWarp(this.#grid, lies);
    this.#warps.set(key, warp);
    return warp;
  }
}

const keyOf = ({ epsg, width, height, transform, overviews }: RasterPlacement): string =>
  JSON.stringify([epsg, width, height, transform, overviews]);

/** All bands of a scene on the window's pixels; bands of one file are read together. */
async function warpScene(
  { resampling, samples }: MosaicCompute,
  bands: readonly PlacedBand[],
  onto: Target,
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<readonly Resampled[] | undefined> {
  const warped = bands.map((): Resampled | undefined => undefined);
  for (const source of new Set(bands.map((band) => band.source))) {
    const places = bands.flatMap((band, at) => (band.source === source ? [{ ...band, at }] : []));
    const { warp, places: pixels } = onto.find(places[0]!.lies);
    const found = await warpBands(warp, pixels, await open(source), places, resampling, signal);
    if (found === undefined) return undefined;
    places.forEach(({ at, scaling }, n) => {
      const band = found[n]!;
      warped[at] = samples.scaling === null ? { ...band, samples: physical(band, scaling) } : band;
    });
  }
  return warped.flatMap((band) => band ?? []);
}

function physical({ samples }: Resampled, { scale, offset }: SceneBand['scaling']): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples as ArrayLike<number>, (sample) => sample * scale + offset);
}

function indexOf({ index, bands, samples }: MosaicCompute, mosaic: Mosaic, target: RasterWork['target']): RasterBlock {
  const block = mosaic.finish();
  if (index === undefined) return block;
  const scaling = samples.scaling ?? UNSCALED;
  const read = Object.fromEntries(bands.map((name, band): [string, IndexBand] => [name, { band, scaling }]));
  const expression = indexExpression(index, bands);
  return computeIndex(block, { expression, bands: read, ...(target.nodata === null ? {} : { nodata: target.nodata }) });
}
