import { describe, expect, it } from 'vitest';
import { searchEntries } from './search-entries.ts';

const entries = [
  { title: 'Gaussian blur', words: 'smooth denoise filter' },
  { title: 'Median', words: 'denoise specks; less blur' },
  { title: 'Canny édges', words: 'outline' },
  { title: 'تَمويه', words: 'ضبابية' },
];
const found = (query: string) => searchEntries(entries, query).map(({ title }) => title);

describe('searchEntries', () => {
  it.each([
    ['', entries.map(({ title }) => title)],
    ['  ', entries.map(({ title }) => title)],
    ['blur', ['Gaussian blur', 'Median']],
    ['DENOISE specks', ['Median']],
    ['edges', ['Canny édges']],
    ['med', ['Median']],
    ['تمويه', ['تَمويه']],
    ['(nothing)', []],
  ])('finds for “%s” %j', (query, titles) => {
    expect(found(query)).toEqual(titles);
  });
});
