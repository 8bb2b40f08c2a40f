import { legendSchema } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { legendSvg } from './legend-svg.ts';
import { makeLegend } from './legend.ts';

const labels = (low: number, high: number): string =>
  makeLegend({ title: 'NDVI' }, 'vegetation', { low, high })
    .ticks.map(({ label }) => label)
    .join(' ');

describe('legends', () => {
  it('are data with the ends of the ramp and of the range', () => {
    const legend = makeLegend({ title: 'NDVI', unit: '' }, 'viridis', { low: -1, high: 1 });
    expect(legendSchema.parse(legend)).toEqual(legend);
    expect([legend.colours.length, legend.colours[0], legend.colours.at(-1)]).toEqual([52, '#440154', '#fde725']);
    expect(legend.ticks.map(({ value }) => value)).toEqual([-1, -0.5, 0, 0.5, 1]);
  });

  it.each([
    [-1, 1, '−1.0 −0.5 0.0 0.5 1.0'],
    [0, 0.35, '0.0 0.1 0.2 0.3'],
    [-0.2, 0.9, '−0.2 0.0 0.2 0.4 0.6 0.8'],
    [120, 8000, '2000 4000 6000 8000'],
    [5, 5, '5'],
    [-3e9, 7e9, '−2000000000 0 2000000000 4000000000 6000000000'],
    [1, 1 + 2 ** -52, '1 1.0000000000000002'],
  ])('from %d to %d have the ticks %s', (low, high, wanted) => {
    expect(labels(low, high)).toBe(wanted);
  });

  it('are pictures that take words as words', () => {
    const svg = legendSvg(makeLegend({ title: '<script>&"\u0000', unit: 'm' }, 'snow', { low: 0, high: 3 }));
    expect(svg).toContain('>&lt;script&gt;&amp;&quot;  (m)</text>');
    expect(svg).not.toContain('<script');
    expect(svg.match(/<stop /g)).toHaveLength(52);
    expect(svg).toMatch(/^<svg [^>]*width="320"[\s\S]*<\/svg>$/);
  });
});
