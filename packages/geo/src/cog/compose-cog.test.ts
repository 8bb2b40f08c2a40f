import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, inject, it } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import type { ComposePart } from '../../../storage/src/object-store.ts';
import { createS3Store } from '../../../storage/src/s3/index.ts';
import { assembleCog } from './assemble-cog.ts';
import { planCog } from './cog-layout.ts';
import { planPieces } from './plan-pieces.ts';
import { encodeStages, joinPieces, makeRaster } from './write-cog-fixture.ts';

it('is copied together by an S3 server from what peers have stored', async () => {
  const size = { width: 3000, height: 2900 };
  const layout = planCog({ ...size, type: 'uint16', bands: 1, compression: 'none', epsg: 32_637 });
  const pieces = await encodeStages(layout, makeRaster(size, 'uint16', 1), planPieces(layout, 3000 * 1100));
  const store = createS3Store({ ...inject('s3'), forcePathStyle: true, prefix: `cog/${randomUUID()}` });
  const keys = pieces.map((_, index) => `work/piece-${index}`);
  await Promise.all(pieces.map(({ bytes }, index) => store.put(keys[index]!, bytes)));
  const { segments, bytes } = assembleCog(layout, pieces);
  const parts = segments.map((segment): ComposePart =>
    segment instanceof Uint8Array
      ? segment
      : { key: keys[segment.piece]!, range: { start: segment.start, end: segment.end } },
  );
  // Ranges so long that the server copies them.
  const long = segments.filter((segment) => !(segment instanceof Uint8Array) && segment.end - segment.start > 6e6);
  expect(long.length).toBeGreaterThan(1);
  const facts = await store.compose('results/composed', parts, { contentType: 'image/tiff' });
  expect(facts.bytes).toBe(bytes);
  const file = await buffer(await store.get('results/composed'));
  expect(file.equals(joinPieces(layout, pieces))).toBe(true);
  await store.delete([...keys, 'results/composed']);
  await store.close();
});
