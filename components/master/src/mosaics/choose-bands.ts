import { bandRoleSchema, type Scaling } from '@tessera/contracts';
import { stacScaling } from '@tessera/geo';
import type { StacAsset, StacBandFacts, StacItem } from './stac-item.ts';

/** Names that STAC has for what bands see, where ours are others. */
const COMMON: Readonly<Record<string, string>> = {
  swir16: 'swir1',
  swir22: 'swir2',
  lwir: 'thermal1',
  lwir11: 'thermal1',
  lwir12: 'thermal2',
  rededge071: 'rededge1',
  rededge075: 'rededge2',
  rededge078: 'rededge3',
};
/** What may stand for a band where there is none of its name: Landsat has but the one near infrared. */
const SUBSTITUTES: Readonly<Record<string, string>> = { nir: 'nir08', nir08: 'nir' };

/** Where a band of a scene is. */
export interface ChosenBand {
  /** Name of the asset. */
  readonly asset: string;
  readonly url: string;
  /** Number of the band in its file, from 0. */
  readonly band: number;
  /** What the catalogue says of its samples; undefined: nothing, the file is asked. */
  readonly scaling: Scaling | undefined;
  readonly nodata: number | undefined;
}

interface Candidate extends ChosenBand {
  /** What it is called, in all ways. */
  readonly names: readonly string[];
  readonly asset: string;
  /** The least is the best. */
  readonly rank: number;
}

/** All bands of a scene that can be read, the best first. */
export function readableBands(item: StacItem): readonly Candidate[] {
  const base = item.links?.find(({ rel }) => rel === 'self')?.href;
  const candidates = Object.entries(item.assets).flatMap(([key, asset]) => candidatesOf(item, key, asset, base));
  return candidates.sort((a, b) => a.rank - b.rank);
}

/** Names by which bands of a scene may be called in an expression. */
export function bandNames(item: StacItem): readonly string[] {
  const own = readableBands(item).flatMap(({ names }) => names.filter((name) => /^[A-Za-z][A-Za-z\d_]*$/.test(name)));
  return [...new Set([...bandRoleSchema.options, ...own])];
}

/** The bands of these names; `undefined` for those that the scene does not have. */
export function chooseBands(item: StacItem, names: readonly string[]): readonly (ChosenBand | undefined)[] {
  const bands = readableBands(item);
  const named = (name: string | undefined): Candidate | undefined =>
    name === undefined ? undefined : bands.find(({ names: all }) => all.includes(name));
  return names.map((name) => named(name) ?? named(SUBSTITUTES[name]));
}

/** The three bands of the picture in true colours that some catalogues keep of each scene. */
export function visualBands(item: StacItem): readonly ChosenBand[] | undefined {
  const base = item.links?.find(({ rel }) => rel === 'self')?.href;
  for (const [key, asset] of Object.entries(item.assets)) {
    const url = urlOf(asset, base);
    const isVisual = key === 'visual' || asset.roles?.includes('visual') === true;
    if (!isVisual || url === undefined || !isTiff(asset, url)) continue;
    return [0, 1, 2].map((band) => ({ asset: key, url, band, scaling: undefined, nodata: undefined }));
  }
  return undefined;
}

function candidatesOf(item: StacItem, key: string, asset: StacAsset, base: string | undefined): readonly Candidate[] {
  const url = urlOf(asset, base);
  if (url === undefined || (!isTiff(asset, url) && !isJp2(asset, url))) return [];
  const isSeen = ['visual', 'overview', 'thumbnail'].some((role) => asset.roles?.includes(role) === true);
  const described = [asset.bands, asset['eo:bands'], asset['raster:bands']].flatMap((list) => list?.length ?? 0);
  const count = Math.max(1, ...described);
  return Array.from({ length: count }, (_, band): Candidate => {
    const { names, scaling, nodata } = factsOf(item, asset, band);
    const all = count === 1 ? [key, ...names] : names;
    const rank = (isSeen || key === 'visual' ? 4 : 0) + (isJp2(asset, url) ? 2 : 0) + (count > 1 ? 1 : 0);
    return { asset: key, url, band, scaling, nodata, rank, names: all.flatMap((name) => [name, COMMON[name] ?? name]) };
  });
}

function factsOf({ properties }: StacItem, asset: StacAsset, band: number) {
  const parts: readonly (StacBandFacts | undefined)[] = [
    asset.bands?.[band],
    asset['eo:bands']?.[band],
    asset['raster:bands']?.[band],
  ];
  const first = <Value>(pick: (part: StacBandFacts) => Value | null | undefined): Value | undefined => {
    for (const part of parts) {
      const value = part && pick(part);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
  const names = parts.flatMap((part) => [part?.name, part?.common_name, part?.['eo:common_name']]);
  const scale = first((part) => part['raster:scale'] ?? part.scale);
  const offset = first((part) => part['raster:offset'] ?? part.offset);
  const nodata = first((part) => part.nodata) ?? asset.nodata;
  const scaling = scale === undefined && offset === undefined ? undefined : stacScaling(properties, { scale, offset });
  return {
    names: names.filter((name) => typeof name === 'string'),
    scaling,
    nodata: typeof nodata === 'number' ? nodata : undefined,
  };
}

function urlOf({ href }: StacAsset, base: string | undefined): string | undefined {
  if (!URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

const isTiff = ({ type }: StacAsset, url: string): boolean =>
  type ? /tiff/i.test(type) : /\.tiff?$/i.test(new URL(url).pathname);
const isJp2 = ({ type }: StacAsset, url: string): boolean =>
  type ? /jp2|jpeg2000/i.test(type) : /\.jp2$/i.test(new URL(url).pathname);
