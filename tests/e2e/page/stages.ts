import type { Locator, Page } from 'playwright-core';

/** The stages of a page, each with a picture that can be moved. */
export const stages = (page: Page): Locator => page.locator('[role=application][data-ready]');

/** The gray level in the middle of the nth stage; -1 until its tiles are there. */
export const middle = (page: Page, n: number): Promise<number> =>
  // In the page's own language, for its types are not those of this program.
  page.evaluate(`(() => {
    const canvas = document.querySelectorAll('[role=application][data-ready]')[${String(n)}].querySelector('canvas');
    const pixel = canvas.getContext('2d').getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data;
    return pixel[3] === 255 ? pixel[0] : -1;
  })()`);
