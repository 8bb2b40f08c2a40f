import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import type { FieldsPlace } from './fields.contract.ts';
import { chooseFiles, chooseOperation, openResult, openSite, start, step, upload, waitForDone } from './site.ts';
import { WCAG } from './wcag.ts';

const PATIENCE = 20_000;
const photo = fileURLToPath(new URL('../../../fixtures/photos/coffee.png', import.meta.url));

/** Choosing points of the picture, and what operations found out of it. */
export function pointCases(place: () => FieldsPlace): void {
  describe('points and reports', () => {
    it('points are pressed in the picture that their step gets, or typed; a report is shown with the result', async () => {
      const { page, url } = place();
      // Behind the fill the picture is turned: what is pressed lies where the fill sees it.
      await openSite(page, `${url}/?p=${encodeURIComponent('flood-fill*rotate')}`);
      await chooseFiles(page, [photo]);
      await upload(page, 'coffee.png').waitFor();
      const card = step(page, 'Flood fill');
      const across = card.getByRole('textbox', { name: 'Point 1, from the left' });
      const down = card.getByRole('textbox', { name: 'Point 1, from the top' });
      const pick = card.getByRole('button', { name: 'Choose point 1 in the preview' });
      const preview = page.getByRole('group', { name: 'Preview of coffee.png' });
      await preview.locator('figure').waitFor({ timeout: PATIENCE });
      await pick.click();
      await page.getByText('The picture as this step gets it').waitFor({ timeout: PATIENCE });
      await expect.poll(() => preview.locator('figure').count(), { timeout: PATIENCE }).toBe(0);
      const box = await preview.locator('[data-view]').first().boundingBox();
      if (!box) return expect.fail('the preview is not shown');
      // The picture, 600 × 400, lies in the middle of its view.
      const scale = Math.min(box.width / 600, box.height / 400);
      const [x, y] = [box.x + box.width / 2 + 150 * scale, box.y + box.height / 2 - 100 * scale];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.up();
      await expect.poll(() => pick.getAttribute('aria-pressed'), { timeout: PATIENCE }).toBe('false');
      const figure = async (input: typeof across) => Number.parseFloat(await input.inputValue());
      expect(Math.abs((await figure(across)) - 75)).toBeLessThan(2);
      expect(Math.abs((await figure(down)) - 25)).toBeLessThan(2);
      await preview.locator('figure').waitFor({ timeout: PATIENCE });

      await card.getByRole('button', { name: 'Add a point' }).press('Enter');
      await card.getByRole('textbox', { name: 'Point 2, from the left' }).fill('20');
      const address = (): string => decodeURIComponent(decodeURIComponent(page.url()));
      await expect.poll(address, { timeout: PATIENCE }).toContain(' / 20 50');
      await card.getByRole('button', { name: 'Remove point 2' }).press('Enter');
      await expect.poll(() => card.getByRole('textbox', { name: /^Point 2/ }).count(), { timeout: PATIENCE }).toBe(0);
      const focused = (): Promise<string | null> => page.locator(':focus').textContent();
      await expect.poll(focused, { timeout: PATIENCE }).toBe('Add a point');

      await chooseOperation(page, 'Otsu threshold');
      await chooseOperation(page, 'Connected components');
      await start(page);
      await openResult(page, await waitForDone(page, 'coffee.png'));
      const report = page.getByRole('article').filter({ hasText: 'Connected components' });
      await report.getByRole('columnheader', { name: 'Area' }).waitFor({ timeout: PATIENCE });
      expect(await report.getByRole('row').count()).toBeGreaterThan(1);
      await report.getByRole('link', { name: /^Download/ }).waitFor();
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).include('main').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    });
  });
}
