import { expect, it } from 'vitest';
import { readResultSearch, writeResultSearch } from './result-search.ts';

it('reads what it wrote', () => {
  const search = {
    view: 'difference',
    at: 12.3,
    viewport: { x: 100, y: 200, zoom: 0.5 },
    ground: 'checker',
    histogram: true,
  } as const;
  expect(readResultSearch(writeResultSearch(search))).toEqual(search);
});

it('leaves usual values out, and takes nonsense for them', () => {
  const usual = readResultSearch({ view: 'tour', at: 'left', x: 1, y: 2, zoom: 0, ground: 'pink', histogram: 1 });
  expect(usual).toEqual({ view: 'slider', at: 50, viewport: undefined, ground: 'auto', histogram: false });
  expect(Object.values(writeResultSearch(usual)).every((value) => value === undefined)).toBe(true);
  expect(readResultSearch({ at: 400 }).at).toBe(100);
});
