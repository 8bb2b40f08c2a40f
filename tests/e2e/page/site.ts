import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import type { Locator, Page } from 'playwright-core';

/** Milliseconds that one job may take on a busy machine. */
const JOB_TIMEOUT = 120_000;

/** A file as a visitor would drop it: by its path, or made up on the spot. */
export type VisitorFile = string | { readonly name: string; readonly bytes: Uint8Array };

export interface LocalFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

async function read(file: VisitorFile): Promise<LocalFile> {
  const { name, bytes } = typeof file === 'string' ? { name: basename(file), bytes: await readFile(file) } : file;
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

/** Opens the site and waits until it can be worked with. */
export async function openSite(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Add a step' }).waitFor();
}

/** Drops files on the window, as from a file manager. */
export async function dropFiles(page: Page, files: readonly VisitorFile[]): Promise<void> {
  const parts = (await Promise.all(files.map(read))).map(({ name, buffer }) => [name, buffer.toString('base64')]);
  // In the page's own language, for its types are not those of this program.
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const [name, content] of ${JSON.stringify(parts)}) {
      transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
    }
    return transfer;
  })()`);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  }
}

/** Chooses files by the button. */
export async function chooseFiles(page: Page, files: readonly VisitorFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(Choose|Add) images$/ }).click();
  await (await chooser).setFiles(await Promise.all(files.map(read)));
}

/** The row of a chosen file, until its job is started. */
export function upload(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Chosen images' }).getByRole('listitem', { name, exact: true });
}

/** Waits until a file was refused, and gives what the page says about all refused files. */
export async function waitForRefusal(page: Page, name: string): Promise<string> {
  const group = page.getByRole('group').filter({ has: page.getByRole('list', { name: 'Not taken' }) });
  await group.getByRole('listitem', { name, exact: true }).waitFor();
  return group.innerText();
}

/** Adds a step by its title in the catalogue. */
export async function chooseOperation(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a step' }).click();
  await catalogue(page).getByRole('button', { name: title, exact: true }).click();
  await step(page, title).waitFor();
}

/** The window from which steps and ready pipelines are taken. */
export function catalogue(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Add a step' });
}

/** The last step with this title. */
export function step(page: Page, title: string): Locator {
  return page.getByRole('list', { name: 'Steps' }).getByRole('listitem', { name: title, exact: true }).last();
}

/** Sets a parameter of a step by its label: a number is typed, a choice clicked, a switch turned. */
export async function setParameter(
  page: Page,
  title: string,
  label: string,
  value: number | string | boolean,
): Promise<void> {
  const card = step(page, title);
  if (typeof value === 'boolean') {
    await turn(card.getByRole('switch', { name: label }), value);
    return;
  }
  const number = card.getByRole('textbox', { name: label, exact: true });
  if ((await number.count()) > 0) {
    await number.fill(String(value));
    return;
  }
  await choose(card, label, String(value));
}

/** Chooses one of the options that stand side by side under a label, with or without its unit. */
async function choose(within: Page | Locator, label: string, option: string): Promise<void> {
  await within
    .getByRole('radiogroup', { name: label })
    .getByText(new RegExp(`^${option}(\\s|$)`))
    .click();
}

/** Turns a switch on or off, by the keyboard. */
async function turn(control: Locator, on: boolean): Promise<void> {
  if ((await control.isChecked()) !== on) await control.press('Space');
}

/** Chooses the format of the result by its name on the page, for example `JPEG`. */
export async function chooseFormat(page: Page, format: string): Promise<void> {
  await choose(page, 'Format', format);
}

export interface AdvancedChoices {
  readonly split?: 'Auto' | 'Always' | 'Never';
  readonly verify?: boolean;
}

/** Shows what lies under “Advanced”. */
export async function openAdvanced(page: Page): Promise<void> {
  const group = page.getByRole('radiogroup', { name: 'Split over machines' });
  if (!(await group.isVisible())) await page.getByText('Advanced', { exact: true }).click();
}

/** Sets what lies under “Advanced”. */
export async function chooseAdvanced(page: Page, { split, verify }: AdvancedChoices): Promise<void> {
  await openAdvanced(page);
  if (split) await choose(page, 'Split over machines', split);
  if (verify !== undefined) await turn(page.getByRole('switch', { name: 'Verify' }), verify);
}

/** The button that starts the work. */
export function startButton(page: Page): Locator {
  return page
    .getByRole('region', { name: 'Start' })
    .getByRole('button', { name: /^Starts? / })
    .or(page.getByRole('region', { name: 'Start' }).getByRole('button', { name: 'Start', exact: true }));
}

/** Starts the jobs; waits until the page of the job, or of the batch, is there. */
export async function start(page: Page): Promise<void> {
  await startButton(page).click();
  await page.waitForURL(/\/(jobs|w)\//, { timeout: JOB_TIMEOUT });
}

/** The visitor's jobs as the API gives them, newest first. */
export async function listJobs(page: Page): Promise<readonly JobDto[]> {
  const answer = await page.request.get(new URL('/api/v1/jobs', page.url()).href);
  return ((await answer.json()) as { jobs: readonly JobDto[] }).jobs;
}

/** Waits until the newest job of a file has ended well; fails at once where it failed. */
export async function waitForDone(page: Page, name: string): Promise<JobDto> {
  const end = Date.now() + JOB_TIMEOUT;
  for (;;) {
    const job = (await listJobs(page)).find(({ image }) => image.name === name);
    if (job?.state === 'done') return job;
    if (job?.state === 'failed' || job?.state === 'cancelled' || Date.now() > end) {
      throw new Error(`The job of ${name} is ${job?.state ?? 'not there'}: ${job?.error?.message ?? ''}`);
    }
    await page.waitForTimeout(200);
  }
}

/** Goes to the page of a finished job, and waits until its result can be taken. */
export async function openResult(page: Page, job: JobDto): Promise<void> {
  const path = `/jobs/${job.id}`;
  if (new URL(page.url()).pathname !== path) await page.goto(new URL(path, page.url()).href);
  await page.getByRole('link', { name: /^Download/ }).waitFor({ timeout: JOB_TIMEOUT });
}

/** The file that the download link of a result gives, with the name that the server proposes. */
export async function download(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const arriving = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Download/ }).click();
  const arrived = await arriving;
  return { name: arrived.suggestedFilename(), bytes: await readFile(await arrived.path()) };
}

/** The pixel digest that the page of a result shows, lower-case hex. */
export async function pixelDigest(page: Page): Promise<string> {
  return (await page.locator('code[title]').first().getAttribute('title')) ?? '';
}
