import { describe, expect, it } from 'vitest';
import { enlarged, showing, wholeView, within } from './picture-view.ts';

const picture = { width: 4000, height: 2000 };
const canvas = { width: 800, height: 400 };

describe('the part of a picture that is seen', () => {
  const whole = wholeView(picture, canvas);

  it('is all of it at first', () => {
    expect(whole).toEqual({ x: 0, y: 0, scale: 0.2 });
  });

  it('stays within the picture, and is never smaller than it', () => {
    expect(within({ x: -50, y: 5000, scale: 0.4 }, picture, canvas)).toEqual({ x: 0, y: 1000, scale: 0.4 });
    expect(within({ x: 0, y: 0, scale: 0.01 }, picture, canvas)).toEqual(whole);
  });

  it('is enlarged around a point that stays where it is', () => {
    const view = enlarged(whole, 2, { x: 400, y: 200 }, picture, canvas);
    expect(view).toEqual({ x: 1000, y: 500, scale: 0.4 });
    expect(enlarged(view, 0.5, { x: 0, y: 0 }, picture, canvas)).toEqual(whole);
  });

  it('moves to a region, and no further than needed', () => {
    const view = { x: 0, y: 0, scale: 0.4 };
    expect(showing(view, { x: 100, y: 100, width: 200, height: 200 }, picture, canvas)).toEqual(view);
    expect(showing(view, { x: 3000, y: 100, width: 200, height: 200 }, picture, canvas)).toEqual({
      x: 1200,
      y: 0,
      scale: 0.4,
    });
  });
});
