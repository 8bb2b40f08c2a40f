import { describe, expect, it } from 'vitest';
import { renderText } from './render-text.ts';

const covered = ({ data }: { readonly data: Uint8Array }): number => data.reduce((sum, level) => sum + level, 0) / 255;

describe('renderText', () => {
  it('sets letters of the height that is asked for, Latin and Arabic', async () => {
    for (const text of ['Tessera © 2026', 'صورة معالجة']) {
      const [small, large] = await Promise.all([20, 60].map((height) => renderText({ text, height, angle: 0 })));
      expect(small?.channels).toBe(1);
      expect(covered(small!)).toBeGreaterThan(200);
      expect(large!.width / small!.width).toBeCloseTo(3, 0);
      expect(large!.height).toBeGreaterThan(40);
      expect(large!.height).toBeLessThan(120);
    }
  });

  it('sets the same pixels each time', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => renderText({ text: 'same', height: 31, angle: 30 })));
    expect(first).toEqual(second);
  });

  it('turns to the left', async () => {
    const flat = await renderText({ text: 'turned', height: 40, angle: 0 });
    const upright = await renderText({ text: 'turned', height: 40, angle: 90 });
    expect([upright.width, upright.height]).toEqual([flat.height, flat.width]);
    // The first letter is at the bottom.
    const at = (x: number, y: number): number | undefined => flat.data[y * flat.width + x];
    expect(upright.data[(upright.height - 1) * upright.width]).toBe(at(0, 0));
    expect(Math.abs(covered(upright) - covered(flat))).toBeLessThan(2);
  });

  it('knows no markup', async () => {
    const set = await renderText({ text: '<b>&amp;</b>', height: 30, angle: 0 });
    const bold = await renderText({ text: '&', height: 30, angle: 0 });
    expect(set.width).toBeGreaterThan(3 * bold.width);
    await expect(renderText({ text: '<span size="1000000">x', height: 10, angle: 0 })).resolves.toBeDefined();
  });

  it.each([
    ['x'.repeat(200), 400],
    ['x', 40_000],
    ['\u200b', 20],
  ])('refuses %j of %i pixels', async (text, height) => {
    await expect(renderText({ text, height, angle: 0 })).rejects.toMatchObject({ code: 'INVALID_PIPELINE' });
  });
});
