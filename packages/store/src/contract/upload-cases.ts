import { describe, expect, it } from 'vitest';
import type { StorePlace } from './job-fixture.ts';

const SHARE = { visitor: 'ann', most: 100 };

/** What is known of files that arrive in pieces. */
export function uploadCases(place: () => StorePlace): void {
  describe('uploads', () => {
    it('are known until they are forgotten', async () => {
      const { store } = place();
      expect(await store.getUpload('one')).toBeUndefined();
      await store.insertUpload({ id: 'one', name: 'größe.png', bytes: 2 ** 40 }, SHARE);
      await expect(store.insertUpload({ id: 'one', name: 'b', bytes: 1 }, SHARE)).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      const row = await store.getUpload('one');
      expect(row).toMatchObject({ id: 'one', name: 'größe.png', bytes: 2 ** 40, endedAt: null, refusal: null });
      expect(Math.abs(Date.now() - Number(row?.createdAt))).toBeLessThan(60_000);
      expect(await store.forgetUploads({ id: 'one' })).toBe(1);
      expect(await store.forgetUploads({ id: 'one' })).toBe(0);
      expect(await store.getUpload('one')).toBeUndefined();
    });

    it('end once', async () => {
      const { store } = place();
      await store.insertUpload({ id: 'good', name: 'a', bytes: 1 }, SHARE);
      await store.insertUpload({ id: 'bad', name: 'b', bytes: 2 }, SHARE);
      const refusal = { code: 'CORRUPT_IMAGE', message: 'It is "damaged".' } as const;
      await store.endUpload('good', null);
      await store.endUpload('good', refusal);
      await store.endUpload('bad', refusal);
      await store.endUpload('bad', null);
      await store.endUpload('unknown', null);
      expect(await store.getUpload('good')).toMatchObject({ refusal: null, endedAt: expect.any(Date) as Date });
      expect(await store.getUpload('bad')).toMatchObject({ refusal, endedAt: expect.any(Date) as Date });
    });

    it('are refused to a visitor who has too many unfinished ones, also when all begin at one time', async () => {
      const { store } = place();
      const begin = (id: string, visitor = 'bob'): Promise<boolean> =>
        store.insertUpload({ id, name: id, bytes: 1 }, { visitor, most: 3 });
      const begun = await Promise.all([1, 2, 3, 4, 5].map((n) => begin(`b${n}`)));
      expect(begun.filter(Boolean)).toHaveLength(3);
      const kept = [1, 2, 3, 4, 5].filter((_, index) => begun[index]).map((n) => `b${n}`);
      expect(await store.getUpload(`b${begun.indexOf(false) + 1}`)).toBeUndefined();
      expect(await begin('c1', 'cleo')).toBe(true);
      // One that ended, however it did, and one that was given up make room.
      await store.endUpload(kept[0] ?? '', { code: 'CORRUPT_IMAGE', message: 'It is damaged.' });
      expect([await begin('b6'), await begin('b7')]).toEqual([true, false]);
      await store.forgetUploads({ id: kept[1] ?? '' });
      expect([await begin('b7'), await begin('b8')]).toEqual([true, false]);
    });

    it('expire by their age', async () => {
      const { store, database } = place();
      await store.insertUpload({ id: 'old', name: 'a', bytes: 1 }, SHARE);
      await database.query(`update uploads set created_at = now() - interval '90 seconds'`);
      await store.insertUpload({ id: 'new', name: 'b', bytes: 1 }, SHARE);
      expect(await store.forgetUploads({ olderThanSeconds: 100 })).toBe(0);
      expect(await store.forgetUploads({ olderThanSeconds: 80 })).toBe(1);
      expect(await store.getUpload('old')).toBeUndefined();
      expect(await store.getUpload('new')).toBeDefined();
    });
  });
}
