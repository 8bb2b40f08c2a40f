import fc from 'fast-check';
import { parseSearchWith, stringifySearchWith } from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, requestOf } from './draft.ts';
import { add, after, draftArbitrary } from './draft-fixture.ts';
import { draftKey, draftOfSearch, EMPTY_KEY, readWorkSearch, searchOfDraft, searchOfPipeline } from './draft-search.ts';

/** As an address writes and reads a search. */
const write = stringifySearchWith(JSON.stringify, JSON.parse);
const read = parseSearchWith(JSON.parse);

describe('a draft in an address', () => {
  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(draftArbitrary, (draft) => {
        const back = draftOfSearch(readWorkSearch(read(write(searchOfDraft(draft)))));
        expect(back.steps.map(({ op, params, off }) => ({ op, params, off }))).toEqual(
          draft.steps.map(({ op, params, off }) => ({ op, params, off })),
        );
        const { nextId: _ids, ...request } = { nextId: 0, ...requestOf(back, ['a']) };
        expect(request).toEqual(requestOf(draft, ['a']));
      }),
    );
  });

  it('is short, and needs no escapes in the usual case', () => {
    const draft = after(add('gaussian-blur'), add('canny'), {
      type: 'output',
      changes: { format: 'jpeg', quality: 70 },
    });
    expect(write(searchOfDraft(draft))).toBe(
      '?p=gaussian-blur_ksize_21_sigma_0*canny_low_100_high_200_aperture_3_l2_false&f=jpeg&q=70',
    );
    expect(searchOfDraft(EMPTY_DRAFT)).toEqual({});
    expect(draftKey({})).toBe(EMPTY_KEY);
  });

  it('reads anything without complaint, and takes what is wrong as if it were not there', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (p, rest) => {
        const search = readWorkSearch({ ...read(`?${rest}`), p });
        expect(draftOfSearch(search).steps.length).toBeLessThanOrEqual(32);
      }),
    );
    expect(readWorkSearch({ p: 5, f: 'gif', q: 101, c: true, m: 'x', s: 'auto', d: {}, v: 'yes', more: 1 })).toEqual(
      {},
    );
    const search = readWorkSearch({ p: '__proto___a_1*<b>*canny_low_x_high_5', q: 40 });
    expect(draftOfSearch(search).steps).toMatchObject([{ op: 'canny', params: { high: 5 } }]);
  });

  it('is the same for a draft and for what was kept of it', () => {
    const draft = after(add('median'), { type: 'output', changes: { format: 'avif', quality: 33, metadata: 'keep' } });
    const { pipeline, output } = requestOf(draft, []);
    expect(searchOfPipeline(pipeline, output)).toEqual(searchOfDraft(draft));
  });
});
