import type { Page } from 'playwright-core';

/** How a page felt from `noteFrames` on, in milliseconds. */
export interface FrameTimes {
  /** Between two frames. */
  readonly frames: readonly number[];
  /** Tasks of the page that took 50 ms and more. */
  readonly longTasks: readonly number[];
  /** From clicks and keys to the next picture, of those that took 16 ms and more. */
  readonly inputs: readonly number[];
  /** From beginning to end. */
  readonly whole: number;
}

/** Notes from now on each frame, and what held frames up. */
export async function noteFrames(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const noted = (globalThis.__frames = { began: performance.now(), frames: [], longTasks: [], inputs: [] });
    let last;
    const frame = (now) => {
      if (last !== undefined) noted.frames.push(now - last);
      last = now;
      noted.next = requestAnimationFrame(frame);
    };
    noted.next = requestAnimationFrame(frame);
    const observe = (type, list, options = {}) =>
      new PerformanceObserver((entries) => {
        for (const entry of entries.getEntries()) {
          if (type !== 'event' || entry.interactionId > 0) list.push(entry.duration);
        }
      }).observe({ type, ...options });
    observe('longtask', noted.longTasks);
    observe('event', noted.inputs, { durationThreshold: 16 });
  })()`);
}

export async function frameTimes(page: Page): Promise<FrameTimes> {
  return page.evaluate(`(() => {
    const { began, next, frames, longTasks, inputs } = globalThis.__frames;
    cancelAnimationFrame(next);
    return { frames, longTasks, inputs, whole: performance.now() - began };
  })()`);
}

/** The value below which this share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
