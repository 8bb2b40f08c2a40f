import { pipelineSchema } from '@tessera/contracts';
import type { ImageRow } from '@tessera/store';
import { expect, it } from 'vitest';
import { findOthers } from './find-others.ts';

const image = (width: number): ImageRow => ({ id: 'other', format: 'png', width, height: 1000 }) as ImageRow;

/** Whether a step may read an image of so many columns and a thousand rows besides. */
async function isAllowed(width: number, step: { op: string; params: object }): Promise<boolean> {
  const pipeline = pipelineSchema.parse([{ ...step, params: { image: 'other', ...step.params } }]);
  const found = findOthers({ getImage: () => Promise.resolve(image(width)) }, pipeline);
  return found.then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'INVALID_PIPELINE' });
      return false;
    },
  );
}

it('bounds what a region may have to hold of another image', async () => {
  const own = { op: 'blend', params: {} };
  expect(await isAllowed(900_000, own)).toBe(true);
  for (const fitted of [
    { op: 'blend', params: { fit: 'cover' } },
    { op: 'mask', params: { fit: 'stretch' } },
    { op: 'watermark', params: { width: 10 } },
  ]) {
    expect(await isAllowed(50_000, fitted)).toBe(true);
    expect(await isAllowed(50_001, fitted)).toBe(false);
  }
  expect(await isAllowed(16_001, { op: 'watermark', params: { repeat: true } })).toBe(false);
});
