import type { Locator, Page } from 'playwright-core';

/** Opens the history, with a search of its address. */
export async function openHistory(page: Page, url: string, search = ''): Promise<void> {
  await page.goto(`${url}/history${search}`);
  await page.getByRole('heading', { name: 'History' }).waitFor();
}

/** The rows or cards of the history, from the top. */
export function historyItems(page: Page): Locator {
  return page.getByRole('list', { name: 'Your jobs' }).getByRole('article');
}

/** Names of the images of the shown jobs, from the top. */
export async function historyNames(page: Page): Promise<readonly string[]> {
  // In one reading: whoever asks item by item waits for those that are gone meanwhile.
  return historyItems(page).evaluateAll((items: unknown[]) =>
    items.map((item) => (item as { ariaLabel: string | null }).ariaLabel ?? ''),
  );
}

/** The first job of an image. */
export function historyItem(page: Page, name: string): Locator {
  return page.getByRole('article', { name, exact: true }).first();
}

/** Chooses an entry of a job's menu, by the keyboard alone. */
export async function chooseFromMenu(page: Page, name: string, entry: string): Promise<void> {
  await historyItem(page, name)
    .getByRole('button', { name: `More for ${name}` })
    .press('Enter');
  const item = page.getByRole('menuitem', { name: entry });
  await item.waitFor();
  await item.press('Enter');
}

/** Puts a job among the chosen ones, or takes it out. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).click();
}

/** The element that has the focus: its tag, and its name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(() => { const e = document.activeElement; return e.tagName + ' ' + (e.getAttribute('aria-label') ?? e.textContent).trim(); })()`,
  );
}
