import type { JobState } from '@tessera/contracts';
import type { JobFilter } from '../../api/history.ts';

/** States as visitors choose them. */
export const STATE_CHOICES = ['open', 'done', 'failed', 'cancelled'] as const;
export type StateChoice = (typeof STATE_CHOICES)[number];

const STATES: Readonly<Record<StateChoice, readonly JobState[]>> = {
  open: ['queued', 'running'],
  done: ['done'],
  failed: ['failed'],
  cancelled: ['cancelled'],
};

/** What of the history is shown, in its address. */
export interface HistorySearch {
  readonly state?: StateChoice;
  readonly q?: string;
  /** First and last day, `2026-03-04`, by the visitor's clock. */
  readonly from?: string;
  readonly to?: string;
  readonly batch?: string;
  readonly as?: 'grid';
}

const MOST_TEXT = 200;
const DAY = /^\d{4}-\d\d-\d\d$/;

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && DAY.test(value) && !Number.isNaN(new Date(`${value}T00:00`).getTime());

/** Reads the address of the history; what is not understood counts as absent. */
export function readHistorySearch(search: Record<string, unknown>): HistorySearch {
  const state = STATE_CHOICES.find((choice) => choice === search.state);
  // A search for a number comes as one.
  const text = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : '';
  return {
    ...(state && { state }),
    ...(text !== '' && { q: text.slice(0, MOST_TEXT) }),
    ...(isDay(search.from) && { from: search.from }),
    ...(isDay(search.to) && { to: search.to }),
    ...(typeof search.batch === 'string' && search.batch !== '' && { batch: search.batch.slice(0, 64) }),
    ...(search.as === 'grid' && { as: search.as }),
  };
}

/** What the server is asked for. */
export function filterOf({ state, q, from, to, batch }: HistorySearch): JobFilter {
  return {
    states: state && STATES[state],
    search: q?.trim(),
    from: from === undefined ? undefined : new Date(`${from}T00:00`),
    to: to === undefined ? undefined : dayAfter(to),
    batch,
  };
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + 1);
  return date;
}

/** Tells whether anything narrows the list. */
export function isNarrowed({ as: _as, ...filters }: HistorySearch): boolean {
  return Object.keys(filters).length > 0;
}
