import { describe, expect, it } from 'vitest';
import { filterOf, isNarrowed, readHistorySearch } from './history-search.ts';

describe('readHistorySearch', () => {
  it('takes what it knows and leaves out the rest', () => {
    const search = { state: 'failed', q: 2026, from: '2026-03-04', to: '2026-03-05', batch: 'b', as: 'grid' };
    expect(readHistorySearch({ ...search, other: 1 })).toEqual({ ...search, q: '2026' });
    expect(readHistorySearch({ state: 'lost', q: '', from: 'today', to: '2026-99-99', batch: 3, as: 'list' })).toEqual(
      {},
    );
  });
});

describe('filterOf', () => {
  it('asks for whole days by the visitor’s clock', () => {
    const { states, from, to, search } = filterOf({ state: 'open', from: '2026-03-04', to: '2026-03-04', q: ' a ' });
    expect([states, search]).toEqual([['queued', 'running'], 'a']);
    expect(from).toEqual(new Date(2026, 2, 4));
    expect(to).toEqual(new Date(2026, 2, 5));
  });
});

it('a way of showing does not narrow', () => {
  expect([isNarrowed({}), isNarrowed({ as: 'grid' }), isNarrowed({ q: 'a' })]).toEqual([false, false, true]);
});
