import type { Page } from 'playwright-core';

/** Addresses of the pages for operators. */
export const OPS_PATHS = [
  '/ops',
  '/ops/executors',
  '/ops/queues',
  '/ops/dead',
  '/ops/webhooks',
  '/ops/storage',
] as const;

/** Gives the operator's token to the page that asks for it. */
export async function enterToken(page: Page, token: string): Promise<void> {
  await page.getByLabel('Operator token').fill(token);
  await page.getByLabel('Your name').fill('Mona');
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Opens the failed jobs of a cause and waits until so many are shown. */
export async function openGroup(page: Page, cause: string, jobs: number): Promise<void> {
  await page
    .getByRole('list', { name: 'Causes' })
    .getByRole('link', { name: new RegExp(`${cause}.*${String(jobs)} jobs`) })
    .click();
  await page.getByRole('heading', { name: cause }).waitFor();
  await page
    .getByRole('list', { name: 'Affected jobs' })
    .getByRole('listitem')
    .nth(jobs - 1)
    .waitFor();
}
