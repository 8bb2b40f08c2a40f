import {
  bandRoleSchema,
  type BandRef,
  type BandWish,
  type CompositeWish,
  type GeoTransform,
  type IndexWish,
  type OverviewRule,
  type Plan,
  type ProductRequest,
  type RasterFacts,
  type RasterSource,
  type RasterWish,
  type SampleType,
  type Scaling,
} from '@tessera/contracts';
import { DEFAULT_NODATA, fileScaling, indexExpression, planProduct, type ProductWish } from '@tessera/geo';
import { KERNEL_VERSION } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import { RequestProblems } from '../http/problems.ts';
import { checkFit } from './check-fit.ts';
import { pictureOf } from './picture-of.ts';
import { openSources, type OpenedSource, type SourceAccess } from './open-sources.ts';

/** What a request comes to. */
export interface PlannedProduct {
  readonly name: string;
  readonly sources: readonly RasterSource[];
  readonly plan: Plan;
}

/**
 * Reads the headers of all rasters that a request names and plans the product; stores nothing.
 *
 * @throws RequestProblems and AppError for what can not be computed: NOT_FOUND, INVALID_EXPRESSION, RASTER_MISMATCH,
 *   UNSUPPORTED_RASTER, CORRUPT_RASTER, SCENE_UNAVAILABLE, URL_REFUSED.
 */
export async function planRequest(access: SourceAccess, request: ProductRequest): Promise<PlannedProduct> {
  const { product } = request;
  return product.kind === 'index' ? planIndex(access, request, product) : planComposite(access, request, product);
}

async function planIndex(access: SourceAccess, request: ProductRequest, wish: IndexWish): Promise<PlannedProduct> {
  const given = Object.keys(wish.bands);
  const expression = indexExpression(wish.index, [...new Set([...bandRoleSchema.options, ...given])]);
  const missing = expression.bands.filter((name) => !given.includes(name));
  if (missing.length > 0) {
    throw new RequestProblems(
      'BAD_REQUEST',
      missing.map((name) => ({ path: `product.bands.${name}`, message: 'This band is read, but not given.' })),
    );
  }
  const used = expression.bands.map((name): readonly [string, BandWish] => [name, wish.bands[name] as BandWish]);
  const opened = await openOnce(
    access,
    used.map(([, { raster }]) => raster),
  );
  const facts = checkFit(opened.sources);
  const inputs = Object.fromEntries(
    used.map(([name, band], n): [string, BandRef] => [
      name,
      bandRef(`product.bands.${name}`, band, opened.places[n] ?? 0, opened.sources),
    ]),
  );
  if (expression.needsReflectance) checkReflectance(inputs);
  const title = 'index' in wish.index ? wish.index.index.toUpperCase() : expression.text;
  return planned(request, `${title} ${opened.sources[0]?.source.name ?? ''}`, opened.sources, {
    compute: { kind: 'index', index: wish.index, inputs },
    target: { type: 'float32', bands: [{ name: title }], nodata: DEFAULT_NODATA, ...placeOf(facts) },
    size: { width: facts.width, height: facts.height },
    overviews: 'average',
  });
}

/** The constants of some indices are of the size of reflectances: samples of thousands would make nonsense of them. */
function checkReflectance(inputs: Readonly<Record<string, BandRef>>): void {
  const unscaled = Object.entries(inputs).filter(([, { scaling }]) => scaling.source === 'none');
  if (unscaled.length === 0) return;
  throw new RequestProblems(
    'BAD_REQUEST',
    unscaled.map(([name]) => ({
      path: `product.bands.${name}.scale`,
      message: 'This index needs reflectances from 0 to 1, and the file does not say how its samples become such.',
    })),
  );
}

async function planComposite(
  access: SourceAccess,
  request: ProductRequest,
  wish: CompositeWish,
): Promise<PlannedProduct> {
  const { composite, scenes, maskBand } = wish;
  if (composite.rule.kind === 'median-luminance' && wish.bands.length !== 3) {
    throw new RequestProblems('BAD_REQUEST', [
      { path: 'product.bands', message: 'The median of luminance is one of three bands: red, green and blue.' },
    ]);
  }
  const { sources } = await openOnce(access, scenes);
  if (sources.length < scenes.length) {
    throw new RequestProblems('BAD_REQUEST', [{ path: 'product.scenes', message: 'A scene is given twice.' }]);
  }
  const facts = checkFit(sources);
  const bands = wish.bands.map((band) => band - 1);
  for (const { source, facts: own } of sources) {
    const lacking = [...bands, ...(maskBand === undefined ? [] : [maskBand - 1])].find((band) => !own.bands[band]);
    if (lacking !== undefined) {
      throw new AppError('RASTER_MISMATCH', { message: `${source.name} has no band ${String(lacking + 1)}.` });
    }
    if (own.type !== facts.type) {
      throw new AppError('RASTER_MISMATCH', {
        message: `${source.name} has samples of ${own.type}, not ${facts.type}.`,
      });
    }
  }
  const [x, y, width, height] = wish.window ?? [0, 0, facts.width, facts.height];
  if (x + width > facts.width || y + height > facts.height) {
    throw new RequestProblems('BAD_REQUEST', [
      { path: 'product.window', message: 'The window reaches beyond the scenes.' },
    ]);
  }
  const { kind } = composite.rule;
  const counts = kind === 'count' || kind === 'clear-count';
  const names = bands.map((band) => ({ name: facts.bands[band]?.name ?? null }));
  return planned(request, `${kind} of ${String(sources.length)} scenes`, sources, {
    compute: {
      kind: 'composite',
      composite,
      bands,
      ...(maskBand === undefined ? {} : { maskBand: maskBand - 1 }),
      ...(wish.allowMissing ? { allowMissing: true } : {}),
    },
    target: {
      type: sampleTypeOf(kind, facts.type),
      bands: names,
      nodata: counts ? null : composite.nodata,
      ...placeOf(facts, { x, y }),
    },
    size: { width, height },
    overviews: counts ? 'nearest' : 'average',
  });
}

function sampleTypeOf(kind: CompositeWish['composite']['rule']['kind'], scenes: SampleType): SampleType {
  if (kind === 'mean') return 'float32';
  return kind === 'count' || kind === 'clear-count' ? 'uint16' : scenes;
}

/** Opens each raster once, however often it is named; `places` tells where each wish is among the sources. */
async function openOnce(
  access: SourceAccess,
  wishes: readonly RasterWish[],
): Promise<{ sources: readonly OpenedSource[]; places: readonly number[] }> {
  const names = wishes.map((wish) => JSON.stringify(wish));
  const once = new Map(wishes.map((wish, n) => [names[n], wish]));
  const sources = await openSources(access, [...once.values()]);
  const order = [...once.keys()];
  return { sources, places: names.map((name) => order.indexOf(name)) };
}

function bandRef(path: string, wish: BandWish, place: number, sources: readonly OpenedSource[]): BandRef {
  const opened = sources[place];
  const facts = opened?.facts.bands[wish.band - 1];
  if (opened === undefined || facts === undefined) {
    const message = `${opened?.source.name ?? 'The raster'} has no band ${String(wish.band)}.`;
    throw new RequestProblems('BAD_REQUEST', [{ path: `${path}.band`, message }]);
  }
  const given = wish.scale !== undefined || wish.offset !== undefined;
  const scaling: Scaling = given
    ? { scale: wish.scale ?? 1, offset: wish.offset ?? 0, source: 'given' }
    : fileScaling(facts);
  return { source: place, band: wish.band - 1, scaling };
}

/** Where a product lies whose upper left pixel is that of the sources at `origin`. */
function placeOf({ epsg, transform }: RasterFacts, origin = { x: 0, y: 0 }) {
  return { epsg, transform: transform && shifted(transform, origin), origin };
}

function shifted([x0, dx, rx, y0, ry, dy]: GeoTransform, { x, y }: { x: number; y: number }): GeoTransform {
  return [x0 + x * dx + y * rx, dx, rx, y0 + x * ry + y * dy, ry, dy];
}

function planned(
  { name, output }: ProductRequest,
  title: string,
  opened: readonly OpenedSource[],
  wish: Pick<ProductWish, 'compute' | 'target' | 'size'> & { readonly overviews: OverviewRule },
): PlannedProduct {
  const plan = planProduct({
    ...wish,
    overviews: output.overviews ?? wish.overviews,
    picture: output.picture && pictureOf(output.picture, wish.target),
    compression: output.compression,
    sources: opened.length,
    kernel: KERNEL_VERSION,
  });
  return { name: name ?? title, sources: opened.map(({ source }) => source), plan };
}
