import type { Point } from '@tessera/contracts';
import { useSyncExternalStore } from 'react';
import { useParts } from '../../app/parts.ts';

/** Somebody who waits for a point of the picture. */
export interface PointWish {
  /** Id of the step that it is for: it counts in the picture that this step gets. */
  readonly step: number | undefined;
  /** Where it is now. */
  readonly point: Point;
  /** Takes the point, in percent of the width and of the height. */
  readonly give: (point: Point) => void;
}

/** At most one wish at a time, between the field that has it and the preview that grants it. */
class PointPicker {
  readonly #listeners = new Set<() => void>();
  #wish: PointWish | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly wish = (): PointWish | undefined => this.#wish;

  /** Undefined: nobody waits any more. */
  readonly want = (wish: PointWish | undefined): void => {
    this.#wish = wish;
    for (const listener of [...this.#listeners]) listener();
  };
}

/** One picker for each page: both who ask and who answer are loaded late, and so is this. */
const pickers = new WeakMap<object, PointPicker>();

/** The wish for a point, and how to change it. */
export function usePointPicker(): {
  readonly wish: PointWish | undefined;
  readonly want: (wish: PointWish | undefined) => void;
} {
  const { drafts } = useParts();
  const picker = pickers.get(drafts) ?? new PointPicker();
  pickers.set(drafts, picker);
  return { wish: useSyncExternalStore(picker.subscribe, picker.wish), want: picker.want };
}
