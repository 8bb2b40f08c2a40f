import { AxeBuilder } from '@axe-core/playwright';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { FieldsPlace } from './fields.contract.ts';
import { chooseFiles, chooseOperation, startButton, step, upload } from './site.ts';
import { WCAG } from './wcag.ts';

/** A small picture of 16 bits a channel. */
function deepPicture(): Promise<Buffer> {
  const samples = Uint16Array.from({ length: 90 * 60 * 3 }, (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 16);
  const raw = { width: 90, height: 60, channels: 3 } as const;
  return sharp(samples, { raw }).toColourspace('rgb16').png().toBuffer();
}

/** Images of 16 bits a channel: they are told, a step that computes in 8 says so, and all may be done in 8. */
export function depthCases(place: () => FieldsPlace): void {
  describe('images of 16 bits', () => {
    it('are told, refused by the step that has 8, and worked on in 8 by a button', async () => {
      const { page } = place();
      await chooseFiles(page, [{ name: 'deep.png', bytes: await deepPicture() }]);
      await upload(page, 'deep.png').getByText('16 bits').waitFor();
      await chooseOperation(page, 'Gaussian blur');
      await page.getByRole('radiogroup', { name: 'Bits per channel' }).waitFor();
      await expect.poll(() => startButton(page).isEnabled()).toBe(true);
      await chooseOperation(page, 'Canny edges');
      await step(page, 'Canny edges').getByText('works with 8 bits per channel').waitFor();
      expect(await step(page, 'Gaussian blur').getByText('works with 8 bits per channel').count()).toBe(0);
      expect(await startButton(page).isDisabled()).toBe(true);
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).include('main').analyze();
      expect(violations).toEqual([]);
      await page.getByRole('button', { name: 'Work in 8 bits' }).click();
      await expect.poll(() => page.getByText('works with 8 bits per channel').count()).toBe(0);
      await expect.poll(() => startButton(page).isEnabled()).toBe(true);
      await expect.poll(() => page.url()).toContain('b=8');
    });
  });
}
