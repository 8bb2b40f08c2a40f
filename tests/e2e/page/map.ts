import type { Page } from 'playwright-core';

/** The stage of the map. */
export const stage = (page: Page) => page.getByRole('application', { name: 'Map' });

/** What the card over the map says: where, and the values of the products there. */
export interface SeenValue {
  readonly lat: number;
  readonly lon: number;
  readonly values: readonly string[];
}

/** Waits until the card tells of a place that was not told of before. */
export async function seenValue(page: Page, before?: SeenValue): Promise<SeenValue> {
  for (;;) {
    const [place = '', ...values] = await page.locator('dl[data-empty] dd').allInnerTexts();
    const [lat = NaN, lon = NaN] = place.split(',').map((part) => Number.parseFloat(part));
    const isNew = before?.lat !== lat || before.lon !== lon;
    if (Number.isFinite(lat) && Number.isFinite(lon) && values.length > 0 && isNew) return { lat, lon, values };
    await page.waitForTimeout(50);
  }
}

/** Pixels of the map's canvases that are neither empty nor grey, by halves: left and right. */
export async function colouredPixels(page: Page): Promise<{ readonly left: number; readonly right: number }> {
  // In the page's own language, for its types are not those of this program.
  return page.evaluate<{ left: number; right: number }>(`(() => {
    const count = { left: 0, right: 0 };
    for (const canvas of document.querySelectorAll('.tessera-product canvas, canvas.tessera-product')) {
      if (canvas.width === 0) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4) {
        const grey = Math.abs(data[i] - data[i + 1]) < 6 && Math.abs(data[i] - data[i + 2]) < 6;
        if (data[i + 3] > 0 && !grey) count[(i / 4) % canvas.width < canvas.width / 2 ? 'left' : 'right'] += 1;
      }
    }
    return count;
  })()`);
}

/** Waits until the product is drawn on both halves of the map. */
export async function waitForPicture(page: Page): Promise<void> {
  for (;;) {
    const { left, right } = await colouredPixels(page);
    if (left > 500 && right > 500) return;
    await page.waitForTimeout(100);
  }
}

/** Pixels of the map that have each of these colours, `#RRGGBB`. */
export async function pixelsOf(page: Page, colours: readonly string[]): Promise<readonly number[]> {
  return page.evaluate<number[]>(`((colours) => {
    const counts = colours.map(() => 0);
    for (const canvas of document.querySelectorAll('[role=application] canvas')) {
      if (canvas.width === 0) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      colours.forEach((colour, n) => {
        const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
        const wanted = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
        for (const pixel of pixels) if (pixel === wanted) counts[n] += 1;
      });
    }
    return counts;
  })(${JSON.stringify(colours)})`);
}
