import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster } from '@tessera/imaging';
import { makePicture } from '../pictures-fixture.ts';
import { filterRows, FILTERS, type Filter } from './filter.ts';

/** The filters as the PNG specification (section 9.2) writes them, byte by byte. */
function filterByTheBook({ data, width, channels, height }: Raster, filter: Filter): number[] {
  const length = width * channels;
  const rows = Array.from({ length: height }, (_, row) => {
    const kind = row === 0 && filter !== 'none' ? 'sub' : filter;
    const line = Array.from({ length }, (_, i) => {
      const at = row * length + i;
      const left = i < channels ? 0 : data[at - channels]!;
      const above = row === 0 ? 0 : data[at - length]!;
      const guess = { none: 0, sub: left, up: above, average: Math.floor((left + above) / 2) }[kind];
      return (data[at]! - guess) & 255;
    });
    return [{ none: 0, sub: 1, up: 2, average: 3 }[kind], ...line];
  });
  return rows.flat();
}

describe('PNG filters', () => {
  it.each(FILTERS)('%s is as the specification says', (filter) => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 30 }),
      height: fc.integer({ min: 1, max: 5 }),
      channels: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, ({ width, height, channels, seed }) => {
        const raster = makePicture(width, height, channels, 'noise', seed);
        const target = new Uint8Array(height * (1 + width * channels));
        expect(filterRows(raster, 0, height, filter, target)).toBe(target.length);
        expect([...target]).toEqual(filterByTheBook(raster, filter));
      }),
    );
  });
});
