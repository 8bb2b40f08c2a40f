import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import type { FieldsPlace } from './fields.contract.ts';
import { chooseOperation, step } from './site.ts';
import { WCAG } from './wcag.ts';

const PATIENCE = 15_000;

/** Parameters of tones and colours that are more than a number. */
export function toneCases(place: () => FieldsPlace): void {
  describe('tones and colours', () => {
    it('a curve is drawn by keys, by hand and as text', async () => {
      const { page } = place();
      await chooseOperation(page, 'Curves');
      const card = step(page, 'Curves');
      const text = card.getByRole('textbox', { name: 'Points' });
      const wanted = (points: string) => expect.poll(() => text.inputValue(), { timeout: PATIENCE }).toBe(points);
      const point = (place: number, total: number) =>
        card.getByRole('slider', { name: `Point ${String(place)} of ${String(total)}` });

      await point(2, 4).focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Shift+ArrowRight');
      await wanted('0 0 / 74 45 / 192 212 / 255 255');
      expect(await point(2, 4).getAttribute('aria-valuetext')).toBe('level 74 becomes 45');
      await page.keyboard.press('Delete');
      await wanted('0 0 / 192 212 / 255 255');

      const plane = card.getByRole('group', { name: 'Points, curve' });
      await plane.scrollIntoViewIfNeeded();
      const box = await plane.boundingBox();
      if (!box) return expect.fail('the curve is not shown');
      await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.up();
      await point(2, 4).waitFor();
      const drawn = await text.inputValue();
      expect(drawn).toMatch(/^0 0 \/ 6\d 12\d \/ 192 212 \/ 255 255$/);

      await text.fill('0 0 / 9');
      await card.getByText('Give 2 to 16 points from left to right.').waitFor();
      await text.fill('0 255 / 255 0');
      const address = (): string => decodeURIComponent(decodeURIComponent(page.url()));
      await expect.poll(address, { timeout: PATIENCE }).toContain("points_'0 255 / 255 0");
      await page.reload();
      await wanted('0 255 / 255 0');
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    });

    it('a colour is picked, and choices have names', async () => {
      const { page } = place();
      await chooseOperation(page, 'Tint');
      await step(page, 'Tint').getByLabel('Colour').fill('#cc3300');
      await step(page, 'Tint').getByText('#cc3300').waitFor();
      await chooseOperation(page, 'Threshold');
      await step(page, 'Threshold').getByRole('combobox', { name: 'Kind' }).selectOption('Cut off / kept');
      await expect.poll(() => page.url(), { timeout: PATIENCE }).toContain('truncate');
    });
  });
}
