import type { CDPSession, Locator, Page } from 'playwright-core';

/** Files made in the page itself, so that hundreds need not travel there. */
export interface MadeFiles {
  readonly count: number;
  /** `{n}` is the number. */
  readonly name: string;
  /** What each begins with; some bytes of its own follow. */
  readonly content: Uint8Array;
}

/** What is said of the whole tray. */
export function trayRegion(page: Page): Locator {
  return page.getByRole('region', { name: 'Chosen images and their uploads' });
}

export function trayRow(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Chosen images' }).getByRole('listitem', { name, exact: true });
}

/** The message about files that were not taken. */
export function refusals(page: Page): Locator {
  return page.getByRole('group').filter({ has: page.getByRole('list', { name: 'Not taken' }) });
}

/** Waits until every file of the tray is uploaded. */
export async function allReady(page: Page, count: number, timeout = 120_000): Promise<void> {
  const words = count === 1 ? '1 image ready' : `${String(count)} images ready`;
  await trayRegion(page).getByText(words).waitFor({ timeout });
}

/** The progress of a file's upload, 0–100; undefined where no bar is shown. */
export async function uploadShare(page: Page, name: string): Promise<number | undefined> {
  const value = await trayRow(page, name)
    .getByRole('progressbar')
    .getAttribute('aria-valuenow', { timeout: 1000 })
    .catch(() => null);
  return value === null ? undefined : Number(value);
}

/** Prepares files in the page; `dropPrepared` drops them. */
export async function prepareDrop(page: Page, files: readonly MadeFiles[]): Promise<void> {
  const parts = files.map(({ count, name, content }) => [count, name, Buffer.from(content).toString('base64')]);
  await page.evaluate(`(() => {
    const transfer = (globalThis.__drop = new DataTransfer());
    let made = 0;
    for (const [count, name, content] of ${JSON.stringify(parts)}) {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      for (let n = 0; n < count; n += 1, made += 1) {
        const own = new Uint8Array([made & 255, made >> 8]);
        transfer.items.add(new File([bytes, own], name.replace('{n}', n), { lastModified: 1 }));
      }
    }
  })()`);
}

/** Drags what was prepared over the window, which comes before any drop; resolves when the page has had time to see it. */
export async function dragOver(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const over = (type) => document.body.dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: globalThis.__drop }));
    over('dragenter');
    over('dragover');
    await new Promise((resolve) => setTimeout(resolve, 500));
  })()`);
}

/** Drops what was prepared. */
export async function dropPrepared(page: Page): Promise<void> {
  await page.evaluate(`document.body.dispatchEvent(
    new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: globalThis.__drop }))`);
}

/** Drops what was prepared; milliseconds until its rows are there, and until one of them shows a picture. */
export function timesOfDrop(page: Page): Promise<{ readonly places: number; readonly picture: number }> {
  return page.evaluate(`(async () => {
    const start = performance.now();
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: globalThis.__drop }));
    let places;
    for (;;) {
      await new Promise(requestAnimationFrame);
      const list = document.querySelector('[aria-label="Chosen images"]');
      if (list?.children.length > 0) places ??= performance.now() - start;
      const shown = [...(list?.querySelectorAll('img') ?? [])].some((image) => image.complete && image.naturalWidth);
      if (shown) return { places, picture: performance.now() - start };
    }
  })()`);
}

/** Drops what was prepared; milliseconds until so many files are counted. */
export function timeOfCount(page: Page, count: number): Promise<number> {
  return page.evaluate(`(async () => {
    const start = performance.now();
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: globalThis.__drop }));
    for (;;) {
      await new Promise(requestAnimationFrame);
      const tray = document.querySelector('[aria-label="Chosen images and their uploads"]');
      if (tray?.textContent.includes('of ${String(count)}')) return performance.now() - start;
    }
  })()`);
}

/** Scrolls the list of the tray to its end within two seconds; gives the median of the frames per second. */
export function framesOfScrolling(page: Page): Promise<number> {
  return page.evaluate(`(async () => {
    const view = document.querySelector('[data-tray-list]');
    const gaps = [];
    const start = performance.now();
    let before = start;
    for (let now = start; now - start < 2000; ) {
      now = await new Promise(requestAnimationFrame);
      gaps.push(now - before);
      before = now;
      view.scrollTop = (view.scrollHeight - view.clientHeight) * Math.min(1, (now - start) / 2000);
    }
    gaps.sort((a, b) => a - b);
    return 1000 / gaps[Math.floor(gaps.length / 2)];
  })()`);
}

/** Begins to note tasks longer than 50 ms; gives what reads their milliseconds. */
export async function noteLongTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(`(() => {
    const tasks = (globalThis.__tasks = []);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
      .observe({ type: 'longtask' });
  })()`);
  return () => page.evaluate<readonly number[]>('globalThis.__tasks');
}

/** Slows the page's own thread down. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Bounds what the page may send, in bytes per second; 0: no bound. */
export function boundUpload(page: Page, bytesPerSecond: number): Promise<void> {
  return setNetwork(page, { uploadThroughput: bytesPerSecond === 0 ? -1 : bytesPerSecond });
}

/** Takes the network away from the page; a bound that is set anew gives it back. */
export function loseNetwork(page: Page): Promise<void> {
  return setNetwork(page, { offline: true });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** By one session: of several with a page the first goes on deciding about its network. */
async function setNetwork(
  page: Page,
  conditions: { readonly offline?: boolean; readonly uploadThroughput?: number },
): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  const client = await session;
  await client.send('Network.enable');
  const free = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await client.send('Network.emulateNetworkConditions', { ...free, ...conditions });
}
