import type { MosaicRequest, MosaicScene, Plan, RasterFacts, SourceSet } from '@tessera/contracts';
import {
  DEFAULT_NODATA,
  gridOver,
  indexExpression,
  isKnownSystem,
  isWholeOver,
  pixelSide,
  planProduct,
  systemFor,
  type DegreeBox,
  type RasterGrid,
} from '@tessera/geo';
import { KERNEL_VERSION } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import { RequestProblems } from '../http/problems.ts';
import type { SourceAccess } from '../products/open-sources.ts';
import { pictureOf } from '../products/picture-of.ts';
import { areaOf, boxesOf } from './area.ts';
import type { Catalogues } from './catalogues.ts';
import { bandNames, chooseBands, visualBands } from './choose-bands.ts';
import { commonSamples, unscaledBands } from './common-samples.ts';
import { intervalOf } from './date-interval.ts';
import { openScenes, type FoundScene, type OpenedScenes } from './open-scenes.ts';
import type { StacSearch } from './stac-client.ts';
import type { StacItem } from './stac-item.ts';

const RGB = ['red', 'green', 'blue'];

/** What mosaics may be. */
export interface MosaicLimits {
  readonly maxPixels: number;
  readonly maxScenes: number;
}

export interface MosaicParts {
  readonly catalogues: Catalogues;
  readonly access: SourceAccess;
  readonly limits: MosaicLimits;
}

export interface PlannedMosaic {
  readonly name: string;
  readonly set: SourceSet;
  readonly plan: Plan;
  readonly scenes: readonly MosaicScene[];
}

/**
 * Finds the scenes of a mosaic, reads the headers of their files, and plans it; stores nothing.
 *
 * @throws RequestProblems and AppError for what can not be made: INVALID_AREA, AREA_TOO_LARGE, NOT_FOUND for a collection,
 *   NOTHING_FOUND, TOO_MANY_SCENES, INVALID_EXPRESSION, CATALOGUE_UNAVAILABLE, and what opening scenes throws.
 */
export async function planMosaic(
  { catalogues, access, limits }: MosaicParts,
  request: MosaicRequest,
): Promise<PlannedMosaic> {
  const box = areaOf(request);
  const datetime = intervalOf(request.dateRange);
  checkEarly(request, box, limits);
  if (request.what !== 'rgb') indexExpression(request.what, [...namesIn(request.what)]);
  const items = await itemsIn(catalogues, request, boxesOf(box), { datetime, limit: limits.maxScenes });
  if (items.length === 0) throw new AppError('NOTHING_FOUND');
  if (items.length > limits.maxScenes) {
    throw new AppError('TOO_MANY_SCENES', {
      message: `More than ${String(limits.maxScenes)} scenes are there: take a shorter time, fewer clouds or a smaller area.`,
    });
  }
  const { bands, scenes: found } = bandsOf(request, ordered(items, request.rule));
  const opened = await openScenes(access, found, request.allowMissing);
  if (opened.sources.length === 0)
    throw new AppError('SCENE_UNAVAILABLE', { message: 'None of the scenes can be read.' });
  const grid = gridOf(request, box, opened.facts);
  checkPixels(grid, limits);
  return {
    name: request.name ?? titleOf(request),
    set: { v: 1, sources: [...opened.sources], scenes: [...opened.scenes] },
    plan: planOf(request, bands, opened, grid),
    scenes: found.map(({ id, datetime: taken, cloudCover }) => ({ id, datetime: taken, cloudCover })),
  };
}

/** Scenes of several boxes, each scene once: not all catalogues know boxes across the antimeridian. */
async function itemsIn(
  catalogues: Catalogues,
  request: MosaicRequest,
  boxes: readonly DegreeBox[],
  search: Pick<StacSearch, 'datetime' | 'limit'>,
): Promise<readonly StacItem[]> {
  const { collection, maxCloudCover } = request;
  const pages = await Promise.all(
    boxes.map((bbox) => catalogues.search(request, { collection, bbox, maxCloudCover, ...search })),
  );
  return [...new Map(pages.flat().map((item) => [item.id, item])).values()];
}

/** Refuses what is too large whatever is found, before anything is asked. */
function checkEarly({ epsg, resolution }: MosaicRequest, box: DegreeBox, limits: MosaicLimits): void {
  if (epsg !== undefined && !isKnownSystem(epsg)) {
    const message = 'This is not a reference system that this site reprojects.';
    throw new RequestProblems('BAD_REQUEST', [{ path: 'epsg', message }]);
  }
  // Less than a metre may be meant in degrees.
  if (resolution === undefined || (epsg === undefined && resolution < 1)) return;
  checkPixels(gridOver({ box, epsg: epsg ?? systemFor(box), resolution }), limits);
}

function checkPixels({ width, height }: RasterGrid, { maxPixels }: MosaicLimits): void {
  if (width * height <= maxPixels) return;
  throw new AppError('AREA_TOO_LARGE', {
    message: `It would have ${String(width)} × ${String(height)} pixels; this site makes ${String(maxPixels)} at most.`,
  });
}

/** Names that an index may read: all that may be meant, so that its form is checked before a catalogue is asked. */
function namesIn(what: Exclude<MosaicRequest['what'], 'rgb'>): ReadonlySet<string> {
  return new Set('expression' in what ? (what.expression.match(/[A-Za-z][A-Za-z\d_]*/g) ?? []) : []);
}

/** In the order in which the rule asks the scenes; of equals, by their names. */
function ordered(items: readonly StacItem[], rule: MosaicRequest['rule']): readonly StacItem[] {
  const cover = (item: StacItem): number => item.properties['eo:cloud_cover'] ?? Infinity;
  const byTime = (a: StacItem, b: StacItem): number => (timeOf(b) ?? '').localeCompare(timeOf(a) ?? '', 'en');
  const byId = (a: StacItem, b: StacItem): number => (a.id < b.id ? -1 : 1);
  return items.toSorted((a, b) => {
    // Of two unknown covers the difference is no number.
    const clouds = rule === 'least-cloudy' && cover(a) !== cover(b) ? cover(a) - cover(b) : 0;
    return clouds || byTime(a, b) || byId(a, b);
  });
}

function timeOf({ properties }: StacItem): string | null {
  const text = properties.datetime ?? properties.start_datetime ?? '';
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** Which files of the scenes are read. */
function bandsOf({ what }: MosaicRequest, items: readonly StacItem[]) {
  const visual = what === 'rgb' ? items.map(visualBands) : [];
  const isVisual = visual.length > 0 && visual.every((bands) => bands !== undefined);
  const [first] = items as readonly [StacItem];
  const bands = what === 'rgb' ? RGB : indexExpression(what, bandNames(first)).bands;
  const scenes = items.map((item, n): FoundScene => {
    const chosen = (isVisual ? visual[n] : undefined) ?? chooseBands(item, bands);
    return {
      id: item.id,
      datetime: timeOf(item),
      cloudCover: item.properties['eo:cloud_cover'] ?? null,
      bands: Object.fromEntries(bands.map((name, band) => [name, chosen[band]])),
    };
  });
  const lacking = bands.filter((name) => scenes.every((scene) => scene.bands[name] === undefined));
  if (lacking.length > 0) {
    const message = `The scenes have no file of ${lacking.join(', ')} that this site can read.`;
    throw new RequestProblems('BAD_REQUEST', [{ path: 'what', message }]);
  }
  return { bands, scenes };
}

function gridOf({ epsg, resolution }: MosaicRequest, box: DegreeBox, facts: readonly RasterFacts[]): RasterGrid {
  const placed = facts.flatMap(({ epsg: system, transform }) =>
    system === null || transform === null ? [] : [{ system, transform }],
  );
  const systems = new Set(placed.map(({ system }) => system));
  const common = systems.size === 1 ? [...systems].find((system) => isWholeOver(box, system)) : undefined;
  const target = epsg ?? common ?? systemFor(box);
  const sides = placed.map(({ system, transform }) => pixelSide(transform, system, target));
  const aligned = placed.find(({ system }) => system === target)?.transform;
  return gridOver({ box, epsg: target, resolution: resolution ?? Math.min(...sides), alignedTo: aligned });
}

function planOf(request: MosaicRequest, bands: readonly string[], opened: OpenedScenes, grid: RasterGrid): Plan {
  const { what, rule, resampling, allowMissing, output } = request;
  const samples = commonSamples(opened);
  const isIndex = what !== 'rgb';
  if (isIndex && indexExpression(what, bands).needsReflectance) checkReflectance(opened);
  const { width, height, epsg, transform } = grid;
  const title = isIndex ? ('index' in what ? what.index.toUpperCase() : what.expression) : undefined;
  const target = {
    type: isIndex ? ('float32' as const) : samples.type,
    bands: title === undefined ? bands.map((name) => ({ name })) : [{ name: title }],
    nodata: isIndex ? DEFAULT_NODATA : samples.nodata,
    epsg,
    transform,
    origin: { x: 0, y: 0 },
  };
  return planProduct({
    compute: {
      kind: 'mosaic',
      rule: rule === 'median' ? 'median' : 'first',
      resampling,
      bands: [...bands],
      ...(isIndex ? { index: what } : {}),
      samples,
      allowMissing,
    },
    target,
    size: { width, height },
    sources: opened.sources.length,
    scenes: opened.scenes.length,
    compression: output.compression,
    overviews: output.overviews ?? 'average',
    picture: output.picture && pictureOf(output.picture, target, isIndex ? undefined : reflectanceOf(opened)),
    kernel: KERNEL_VERSION,
  });
}

/** How the samples of a picture in true colours become reflectances, where that is known. */
function reflectanceOf(opened: OpenedScenes) {
  const { scaling } = commonSamples(opened);
  if (unscaledBands(opened.scenes).length > 0) return undefined;
  return scaling ?? { scale: 1, offset: 0 };
}

function checkReflectance({ scenes }: OpenedScenes): void {
  const unscaled = unscaledBands(scenes);
  if (unscaled.length === 0) return;
  const message = `This index needs reflectances, and nobody says how the samples of ${unscaled.join(', ')} become such.`;
  throw new RequestProblems('BAD_REQUEST', [{ path: 'what', message }]);
}

function titleOf({ what, collection, dateRange }: MosaicRequest): string {
  const of = what === 'rgb' ? 'RGB' : 'index' in what ? what.index.toUpperCase() : what.expression;
  return `${of} ${collection} ${dateRange.from.slice(0, 10)} ${dateRange.to.slice(0, 10)}`;
}
