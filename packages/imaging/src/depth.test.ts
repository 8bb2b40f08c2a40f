import { expect, it } from 'vitest';
import { toDepth, toShallow } from './depth.ts';

it('keeps the upper 8 bits, and spreads 8 over 16 so that they come back', () => {
  const levels = Uint8Array.from({ length: 256 }, (_, level) => level);
  const raster = { width: 16, height: 16, channels: 1, data: levels };
  const wide = toDepth(raster, 16);
  expect([wide.data[0], wide.data[1], wide.data[255]]).toEqual([0, 257, 65_535]);
  expect(toShallow(wide)).toEqual(raster);
  expect(toDepth(raster, 8)).toBe(raster);
  const deep = { width: 3, height: 1, channels: 1, data: Uint16Array.of(255, 256, 65_280) };
  expect([...toShallow(deep).data]).toEqual([0, 1, 255]);
});
