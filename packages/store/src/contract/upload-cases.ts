import { describe, expect, it } from 'vitest';
import type { StorePlace } from './job-fixture.ts';

/** What is known of files that arrive in pieces. */
export function uploadCases(place: () => StorePlace): void {
  describe('uploads', () => {
    it('are known until they are forgotten', async () => {
      const { store } = place();
      expect(await store.getUpload('one')).toBeUndefined();
      await store.insertUpload({ id: 'one', name: 'größe.png', bytes: 2 ** 40 });
      await expect(store.insertUpload({ id: 'one', name: 'b', bytes: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
      const row = await store.getUpload('one');
      expect(row).toMatchObject({ id: 'one', name: 'größe.png', bytes: 2 ** 40, endedAt: null, refusal: null });
      expect(Math.abs(Date.now() - Number(row?.createdAt))).toBeLessThan(60_000);
      expect(await store.forgetUploads({ id: 'one' })).toBe(1);
      expect(await store.forgetUploads({ id: 'one' })).toBe(0);
      expect(await store.getUpload('one')).toBeUndefined();
    });

    it('end once', async () => {
      const { store } = place();
      await store.insertUpload({ id: 'good', name: 'a', bytes: 1 });
      await store.insertUpload({ id: 'bad', name: 'b', bytes: 2 });
      const refusal = { code: 'CORRUPT_IMAGE', message: 'It is "damaged".' } as const;
      await store.endUpload('good', null);
      await store.endUpload('good', refusal);
      await store.endUpload('bad', refusal);
      await store.endUpload('bad', null);
      await store.endUpload('unknown', null);
      expect(await store.getUpload('good')).toMatchObject({ refusal: null, endedAt: expect.any(Date) as Date });
      expect(await store.getUpload('bad')).toMatchObject({ refusal, endedAt: expect.any(Date) as Date });
    });

    it('expire by their age', async () => {
      const { store, database } = place();
      await store.insertUpload({ id: 'old', name: 'a', bytes: 1 });
      await database.query(`update uploads set created_at = now() - interval '90 seconds'`);
      await store.insertUpload({ id: 'new', name: 'b', bytes: 1 });
      expect(await store.forgetUploads({ olderThanSeconds: 100 })).toBe(0);
      expect(await store.forgetUploads({ olderThanSeconds: 80 })).toBe(1);
      expect(await store.getUpload('old')).toBeUndefined();
      expect(await store.getUpload('new')).toBeDefined();
    });
  });
}
