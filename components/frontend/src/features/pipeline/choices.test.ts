import { outputFormatSchema, splitSchema, strategySchema } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { FORMATS, oneOf, SPLITS, STRATEGIES } from './choices.ts';

it('are those of the contracts', () => {
  expect([FORMATS, SPLITS, STRATEGIES].map((choices) => [...choices].sort())).toEqual(
    [outputFormatSchema, splitSchema, strategySchema].map(({ options }) => [...options].sort()),
  );
});

it('lets nothing else through', () => {
  expect([oneOf(FORMATS, 'png'), oneOf(FORMATS, 'bmp'), oneOf(FORMATS, undefined)]).toEqual([
    'png',
    undefined,
    undefined,
  ]);
});
