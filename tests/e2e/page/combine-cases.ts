import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import type { FieldsPlace } from './fields.contract.ts';
import { chooseFiles, chooseOperation, openSite, step, upload } from './site.ts';
import { WCAG } from './wcag.ts';

const photo = (name: string): string => fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url));

/** Steps that read another image: choosing it, placing it, and being told that it is gone. */
export function combineCases(place: () => FieldsPlace): void {
  describe('other images', () => {
    it('one is added for a step alone, placed by keys, and named in the address', async () => {
      const { page } = place();
      await chooseFiles(page, [photo('coffee.png')]);
      await upload(page, 'coffee.png').waitFor();
      await chooseOperation(page, 'Watermark: an image');
      const card = step(page, 'Watermark: an image');
      await card.getByText('Choose an image.').waitFor();
      const chooser = page.waitForEvent('filechooser');
      await card.getByRole('button', { name: 'Add an image' }).click();
      await (await chooser).setFiles(photo('chelsea.png'));
      const images = card.getByRole('radiogroup', { name: 'Other image' });
      const added = images.getByRole('radio', { name: 'chelsea.png' });
      await added.waitFor();
      await expect.poll(() => added.isChecked()).toBe(true);
      // It is no picture to be worked on.
      expect(await upload(page, 'chelsea.png').count()).toBe(0);
      await images.getByRole('radio', { name: 'coffee.png' }).waitFor();
      await added.press('ArrowRight');
      await expect.poll(() => images.getByRole('radio', { name: 'coffee.png' }).isChecked()).toBe(true);
      const places = card.getByRole('radiogroup', { name: 'Position' });
      await places.getByRole('radio', { name: 'Bottom right' }).press('ArrowLeft');
      await expect.poll(() => places.getByRole('radio', { name: 'Bottom', exact: true }).isChecked()).toBe(true);
      await expect.poll(() => page.url()).toContain('image');
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).include('main').analyze();
      expect(violations).toEqual([]);
    });

    it('a link whose image is gone says so, and another one can be chosen', async () => {
      const { page, url } = place();
      const link = encodeURIComponent("blend_image_'gone-gone-gone-gone");
      await openSite(page, `${url}/?p=${link}`);
      await chooseFiles(page, [photo('coffee.png')]);
      const card = step(page, 'Blend with an image');
      const image = card.getByRole('radio', { name: 'coffee.png' });
      await card.getByText('The chosen image is not on this site any more').waitFor();
      await image.check();
      await expect.poll(() => card.getByText('The chosen image is not on this site any more').count()).toBe(0);
    });
  });
}
