import { describe, expect, it } from 'vitest';
import { channelFacts } from './channel-facts.ts';
import { histogramPath } from './histogram-path.ts';

const counts = (levels: Readonly<Record<number, number>>) =>
  Array.from({ length: 256 }, (_, level) => levels[level] ?? 0);

describe('channelFacts', () => {
  it('tells mean, median, range and the shares of black and white', () => {
    expect(channelFacts({ name: 'red', counts: counts({ 0: 1, 10: 2, 255: 1 }) })).toEqual({
      name: 'red',
      mean: 275 / 4,
      median: 10,
      darkest: 0,
      brightest: 255,
      black: 0.25,
      white: 0.25,
    });
  });

  it('counts in millions of pixels without loss', () => {
    expect(channelFacts({ name: 'gray', counts: counts({ 7: 400_000_000 }) })).toMatchObject({ mean: 7, median: 7 });
  });
});

describe('histogramPath', () => {
  it('draws a step for each level, and lets a peak run out of the chart', () => {
    const path = histogramPath([0, 1, 1, 1000], 4, 10);
    expect(path).toBe('M0 10V10.00H1.00V0.00H2.00V0.00H3.00V0.00H4.00V10Z');
  });
});
