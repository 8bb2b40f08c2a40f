import type { Palette } from '@tessera/contracts';
import { PALETTE_NAMES } from './palette-names.ts';
import type { Place } from './view/map-view.ts';

/** What the panel beside the map is for. */
export const MAP_TABS = ['look', 'make', 'mosaic', 'shared'] as const;
export type MapTab = (typeof MAP_TABS)[number];

/** What of the map is seen, in its address; what has its usual value is left out. */
export interface MapSearch {
  /** The job whose product is shown, and one to compare it with. */
  readonly product: string | undefined;
  readonly beside: string | undefined;
  readonly place: Place | undefined;
  readonly palette: Palette | undefined;
  /** Values that have the first and the last colour. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Per cent. */
  readonly opacity: number;
  /** Where the handle between two products stands: percent of the map from its left. */
  readonly swipe: number;
  readonly tab: MapTab;
}

const DEFAULT = { opacity: 100, swipe: 50, tab: 'look' } as const;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
const idOf = (value: unknown): string | undefined =>
  // An id of digits only comes as a number.
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value).slice(0, 64) : undefined;

/** Reads the address of the map; what is not understood counts as absent. */
export function readMapSearch(search: Readonly<Record<string, unknown>>): MapSearch {
  const { lon, lat, zoom, low, high, opacity, swipe } = search;
  const known = isNumber(lon) && isNumber(lat) && isNumber(zoom);
  return {
    product: idOf(search.product),
    beside: idOf(search.beside),
    place: known ? { lon: within(lon, -180, 180), lat: within(lat, -85, 85), zoom: within(zoom, 0, 22) } : undefined,
    palette: PALETTE_NAMES.find((palette) => palette === search.palette),
    low: isNumber(low) ? low : undefined,
    high: isNumber(high) ? high : undefined,
    opacity: isNumber(opacity) ? within(opacity, 0, 100) : DEFAULT.opacity,
    swipe: isNumber(swipe) ? within(swipe, 0, 100) : DEFAULT.swipe,
    tab: MAP_TABS.find((tab) => tab === search.tab) ?? DEFAULT.tab,
  };
}

const rounded = (value: number | undefined, digits: number): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(digits));

/** The address of what is seen; `undefined` takes a key out of it. */
export function writeMapSearch(seen: MapSearch): Record<string, string | number | undefined> {
  const { product, beside, place, palette, low, high, opacity, swipe, tab } = seen;
  return {
    product,
    beside,
    lon: rounded(place?.lon, 5),
    lat: rounded(place?.lat, 5),
    zoom: rounded(place?.zoom, 2),
    palette,
    low: rounded(low, 6),
    high: rounded(high, 6),
    opacity: opacity === DEFAULT.opacity ? undefined : Math.round(opacity),
    swipe: beside === undefined || swipe === DEFAULT.swipe ? undefined : rounded(swipe, 1),
    tab: tab === DEFAULT.tab ? undefined : tab,
  };
}
