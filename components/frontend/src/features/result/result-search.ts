import { SURROUNDS, type Surround } from '../viewer/surround.ts';
import type { Viewport } from '../viewer/viewport.ts';

/** Ways to look at a result beside its source. */
export const VIEWS = ['slider', 'side', 'blink', 'difference', 'result'] as const;
export type ResultViewMode = (typeof VIEWS)[number];

/** Those in which the two need not lie over each other. */
export const VIEWS_APART: readonly ResultViewMode[] = ['side', 'result'];

/** What of a result is seen, in its address; what has its usual value is left out. */
export interface ResultSearch {
  readonly view: ResultViewMode;
  /** Where the handle of the slider stands, in percent from the picture's left. */
  readonly at: number;
  /** The part that is looked at; undefined: the whole picture. */
  readonly viewport: Viewport | undefined;
  readonly ground: Surround;
  readonly histogram: boolean;
}

const DEFAULT: ResultSearch = { view: 'slider', at: 50, viewport: undefined, ground: 'auto', histogram: false };

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Reads the address of a result; what is not understood counts as absent. */
export function readResultSearch(search: Readonly<Record<string, unknown>>): ResultSearch {
  const { at, x, y, zoom } = search;
  const known = isNumber(x) && isNumber(y) && isNumber(zoom) && zoom > 0;
  return {
    view: VIEWS.find((view) => view === search.view) ?? DEFAULT.view,
    at: isNumber(at) ? Math.min(100, Math.max(0, at)) : DEFAULT.at,
    viewport: known ? { x, y, zoom } : undefined,
    ground: SURROUNDS.find((ground) => ground === search.ground) ?? DEFAULT.ground,
    histogram: search.histogram === true,
  };
}

/** The changed keys of the address; `undefined` takes a key out of it. */
export function writeResultSearch(changes: Partial<ResultSearch>): Record<string, string | number | true | undefined> {
  const { view, at, ground, histogram } = changes;
  return {
    ...(view !== undefined && { view: view === DEFAULT.view ? undefined : view }),
    ...(at !== undefined && { at: at === DEFAULT.at ? undefined : Math.round(at * 10) / 10 }),
    ...(ground !== undefined && { ground: ground === DEFAULT.ground ? undefined : ground }),
    ...(histogram !== undefined && { histogram: histogram || undefined }),
    ...('viewport' in changes && {
      x: changes.viewport?.x,
      y: changes.viewport?.y,
      zoom: changes.viewport?.zoom,
    }),
  };
}
