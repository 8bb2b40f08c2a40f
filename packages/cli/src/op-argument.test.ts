import { OPERATIONS } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSteps } from './op-argument.ts';

describe('parseSteps', () => {
  it('reads names, parameters and defaults', () => {
    expect(parseSteps(['gaussian-blur:ksize=9,sigma=1.5', 'canny:l2=true', 'invert'])).toEqual([
      { op: 'gaussian-blur', params: { ksize: 9, sigma: 1.5 } },
      { op: 'canny', params: { low: 100, high: 200, aperture: 3, l2: true } },
      { op: 'invert', params: {} },
    ]);
  });

  it('takes texts as they are, with commas and colons, and names of files', () => {
    expect(parseSteps(['watermark-text:text=a, b: 2026,size=8', 'watermark-text:text=2026'])).toMatchObject([
      { params: { text: 'a, b: 2026', size: 8 } },
      { params: { text: '2026' } },
    ]);
    expect(parseSteps(['blend:mode=add,image=my, logo.png'])).toMatchObject([{ params: { image: 'my, logo.png' } }]);
  });

  it.each([
    ['no-such', /--op no-such: .*tessera operations/],
    ['gaussian-blur:ksize=8', /--op gaussian-blur:ksize=8: ksize: must be odd/],
    ['gaussian-blur:ksize', /written name=value/],
    ['invert:strength=2', /--op invert:strength=2/],
    ['', /--op/],
  ])('says what is wrong with %j', (text, words) => {
    expect(() => parseSteps([text])).toThrow(words);
  });

  it('never fails but with a code, whatever is written', () => {
    const names = fc.constantFrom(...OPERATIONS.map(({ op }) => op), '__proto__', 'constructor');
    fc.assert(
      fc.property(names, fc.string(), (op, rest) => {
        try {
          parseSteps([`${op}:${rest}`]);
        } catch (error) {
          expect((error as { code: string }).code).toBe('INVALID_PIPELINE');
        }
      }),
    );
  });
});
