import { describe, expect, it } from 'vitest';
import { roundViewport, sameViewport, visibleRegion } from './viewport.ts';

const picture = { width: 1000, height: 800 };

describe('visibleRegion', () => {
  it('is what the stage shows, cut at the edges of the picture', () => {
    const stage = { width: 200, height: 100 };
    expect(visibleRegion({ x: 500, y: 400, zoom: 2 }, stage, picture)).toEqual({
      x: 450,
      y: 375,
      width: 100,
      height: 50,
    });
    expect(visibleRegion({ x: 0, y: 800, zoom: 1 }, stage, picture)).toEqual({ x: 0, y: 750, width: 100, height: 50 });
    expect(visibleRegion({ x: 500, y: 400, zoom: 0.1 }, stage, picture)).toEqual({ x: 0, y: 0, ...picture });
  });

  it('is nothing beside the picture', () => {
    expect(visibleRegion({ x: -500, y: 400, zoom: 1 }, { width: 10, height: 10 }, picture)).toBeUndefined();
  });
});

describe('sameViewport', () => {
  it('knows a view again after it was rounded for an address', () => {
    const view = { x: 123.4, y: 56.7, zoom: 0.123456 };
    expect(sameViewport(view, roundViewport(view))).toBe(true);
    expect(sameViewport(view, { ...view, x: 140 })).toBe(false);
    expect(sameViewport(view, { ...view, zoom: 0.13 })).toBe(false);
    expect(sameViewport(undefined, view)).toBe(false);
    expect(sameViewport(undefined, undefined)).toBe(true);
  });
});
