import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** Answers of `/previews` that a test gives itself: gray levels tell them apart. */
export async function grayPicture(level: number): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: { r: level, g: level, b: level } } })
    .webp({ lossless: true })
    .toBuffer();
}

/** The gray level of the preview that is shown as “after”; undefined while there is none. */
export function shownLevel(page: Page): Promise<number | undefined> {
  return page.evaluate<number | undefined>(`(() => {
    const picture = document.querySelector('img[alt^="After of"]');
    if (!picture?.complete || picture.naturalWidth === 0) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const drawing = canvas.getContext('2d');
    drawing.drawImage(picture, 0, 0, 1, 1);
    return drawing.getImageData(0, 0, 1, 1).data[0];
  })()`);
}

/** Sums up what moved without anybody having touched anything, from the first paint on. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(`
    globalThis.__shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!entry.hadRecentInput) globalThis.__shifts.push({ value: entry.value, of: entry.sources.map(({ node }) => (node?.outerHTML ?? '').slice(0, 120)) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  `);
}

export function shifts(page: Page): Promise<readonly { readonly value: number; readonly of: readonly string[] }[]> {
  return page.evaluate('globalThis.__shifts');
}

/** The part of the page that has the focus. */
export function focusedPart(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nowhere';
    if (element.matches('a[href="#main"]')) return 'skip';
    if (element.closest('header')) return 'bar';
    return element.closest('[data-part]')?.dataset.part ?? 'elsewhere';
  })()`);
}

/** What has the focus, by its name. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate<string>(
    `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()`,
  );
}

/** Presses Tab until something with this name has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    const here = await focusedName(page);
    if (typeof name === 'string' ? here === name : name.test(here)) return;
    passed.push(here.slice(0, 40));
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(name)}, but to: ${passed.join(', ')}`);
}
