import { expect, it } from 'vitest';
import { jobFixture } from '../../api/job-fixture.ts';
import { mayShowSource } from './show-inline.ts';

it('a source is shown that browsers read and hold', () => {
  const { image, output } = jobFixture();
  expect(mayShowSource({ image, output })).toBe(true);
  expect(mayShowSource({ image: { ...image, name: 'scan.TIF' }, output })).toBe(false);
  expect(mayShowSource({ image, output: { ...output, width: 12_000, height: 12_000 } })).toBe(false);
});
