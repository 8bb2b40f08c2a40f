import type { Page } from 'playwright-core';

/** What was seen of one bar at a moment. */
export interface SeenBar {
  readonly path: string;
  /** Whole percent; null while the bar says that it does not know. */
  readonly value: number | null;
  /** Bars of this name at the same moment. */
  readonly bars: number;
}

/**
 * Notes from now, every 50 ms and over reloads, what the page shows of bars of this name. To be called when the first of
 * them is there.
 */
export async function noteBar(page: Page, name: string): Promise<void> {
  const note = `(() => {
    if (globalThis.__noting) return;
    globalThis.__noting = true;
    setInterval(() => {
      const bars = [...document.querySelectorAll('[role=progressbar]')]
        .filter((bar) => bar.getAttribute('aria-label') === ${JSON.stringify(name)});
      if (bars.length === 0) return;
      const value = bars[0].getAttribute('aria-valuenow');
      const seen = JSON.parse(sessionStorage.getItem('seen-bars') ?? '[]');
      const last = seen.at(-1);
      const now = { path: location.pathname, value: value === null ? null : Number(value), bars: bars.length };
      if (JSON.stringify(last) !== JSON.stringify(now)) sessionStorage.setItem('seen-bars', JSON.stringify([...seen, now]));
    }, 50);
  })()`;
  await page.addInitScript(note);
  await page.evaluate(note);
}

export function seenBars(page: Page): Promise<readonly SeenBar[]> {
  return page.evaluate<readonly SeenBar[]>(`JSON.parse(sessionStorage.getItem('seen-bars') ?? '[]')`);
}
