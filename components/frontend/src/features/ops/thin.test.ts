import { describe, expect, it } from 'vitest';
import { thin } from './thin.ts';

const moments = (...values: (number | null)[]) => values.map((a, at) => ({ at, values: { a } }));

describe('thin', () => {
  it('leaves alone what is few', () => {
    expect(thin(moments(1, 2, 3), 3)).toEqual(moments(1, 2, 3));
  });

  it('takes means of neighbours, the oldest group may be smaller', () => {
    expect(thin(moments(1, 2, 4, 6, 8), 3)).toEqual([
      { at: 0, values: { a: 1 } },
      { at: 2, values: { a: 3 } },
      { at: 4, values: { a: 7 } },
    ]);
  });

  it('knows nothing only where nobody knew anything', () => {
    expect(thin(moments(null, 5, null, null), 2).map(({ values }) => values.a)).toEqual([5, null]);
  });
});
