import type { Page } from 'playwright-core';

interface Told {
  readonly at: number;
  readonly text: string;
}

/** What a page showed since `noteShown` was called. */
export interface Shown {
  /** Values of the job's progress bar, in whole percent. */
  readonly values: readonly number[];
  /** Sentences of the status region, and of the time left. */
  readonly said: readonly Told[];
  readonly texts: readonly Told[];
  /** How many status regions there were, each number once. */
  readonly statuses: readonly number[];
}

/** Notes from now, at each frame, what the page shows of the progress of a job, by its name, and says aloud. */
export async function noteShown(page: Page, name: string): Promise<void> {
  await page.evaluate(`(() => {
    const shown = (globalThis.__shown = { values: [], said: [], texts: [], statuses: [] });
    const note = (list, text) => {
      if (text && list.at(-1)?.text !== text) list.push({ at: performance.now(), text });
    };
    const look = () => {
      const statuses = document.querySelectorAll('[role=status]');
      if (!shown.statuses.includes(statuses.length)) shown.statuses.push(statuses.length);
      note(shown.said, statuses[0]?.textContent);
      note(shown.texts, document.querySelector('[data-part=left]')?.textContent);
      const value = document.querySelector('[role=progressbar][aria-label=${JSON.stringify(name)}]')?.getAttribute('aria-valuenow');
      if (value && shown.values.at(-1) !== Number(value)) shown.values.push(Number(value));
      requestAnimationFrame(look);
    };
    look();
  })()`);
}

export async function shownOf(page: Page): Promise<Shown> {
  return page.evaluate('globalThis.__shown');
}

/** Regions by state as the legend of the picture counts them. */
export async function stateCounts(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(`Object.fromEntries(
    [...document.querySelectorAll('[aria-label="Regions by state"] li')]
      .map((item) => [item.dataset.state, Number(item.dataset.count)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )`);
}

const STATES: Readonly<Record<string, string>> = {
  Waiting: 'waiting',
  Running: 'running',
  Done: 'done',
  'Trying again': 'retrying',
  Failed: 'failed',
};

/** Regions by state as the rows of the table say, in the form of `stateCounts`; it scrolls through all of them. */
export async function tableCounts(page: Page): Promise<Readonly<Record<string, number>>> {
  const body = `[...document.querySelectorAll('[role=table] [role=rowgroup]')].at(-1)`;
  const seen = new Map<string, string>();
  const height = await page.evaluate<number>(`${body}.scrollHeight`);
  for (let top = 0; top < height; top += 300) {
    await page.evaluate(`${body}.scrollTop = ${String(top)}`);
    await page.waitForTimeout(30);
    const rows = await page.evaluate<[string, string][]>(
      `[...${body}.querySelectorAll('[role=row]')].map((row) => [
        row.dataset.index, row.querySelector('[data-column=state]').lastChild.textContent.trim(),
      ])`,
    );
    for (const [index, state] of rows) seen.set(index, state);
  }
  const counts: Record<string, number> = { waiting: 0, running: 0, done: 0 };
  for (const state of seen.values()) {
    const key = STATES[state] ?? state;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
