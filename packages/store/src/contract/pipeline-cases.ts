import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PipelineRow } from '../job-store.ts';
import { submit, type StorePlace } from './job-fixture.ts';

const newPipeline = (visitor = 'ann', name = 'Kanten – الحواف'): Omit<PipelineRow, 'createdAt' | 'changedAt'> => ({
  id: randomUUID(),
  visitor,
  name,
  pipeline: [{ op: 'canny', params: { low: 10, high: 200.5, aperture: 5, l2: true } }],
  output: { format: 'jpeg', quality: 70, subsampling: '4:4:4' },
});

/** Pipelines that visitors keep. */
export function pipelineCases(place: () => StorePlace): void {
  describe('kept pipelines', () => {
    it('come back as they were, last changed first, to their visitor only', async () => {
      const { store } = place();
      const [first, second] = [newPipeline(), newPipeline('ann', 'second')];
      expect(await store.insertPipeline(first, 9)).toBe(true);
      expect(await store.insertPipeline(second, 9)).toBe(true);
      expect(await store.getPipeline(first.id)).toMatchObject(first);
      expect((await store.listPipelines('ann')).map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(await store.listPipelines('bob')).toEqual([]);
      expect(await store.getPipeline('unknown')).toBeUndefined();
    });

    it('are changed in what is given, by whoever saved them', async () => {
      const { store } = place();
      const kept = newPipeline();
      await store.insertPipeline(kept, 9);
      const before = await store.getPipeline(kept.id);
      const renamed = await store.changePipeline(kept, { name: 'another' });
      expect(renamed).toMatchObject({ ...kept, name: 'another' });
      expect(renamed!.changedAt.getTime()).toBeGreaterThanOrEqual(before!.changedAt.getTime());
      const emptied = await store.changePipeline(kept, { pipeline: [], output: { format: 'png' } });
      expect(emptied).toMatchObject({ name: 'another', pipeline: [], output: { format: 'png' } });
      expect(await store.changePipeline({ id: kept.id, visitor: 'bob' }, { name: 'stolen' })).toBeUndefined();
      expect(await store.deletePipeline({ id: kept.id, visitor: 'bob' })).toBe(false);
      expect(await store.deletePipeline(kept)).toBe(true);
      expect(await store.deletePipeline(kept)).toBe(false);
      expect(await store.getPipeline(kept.id)).toBeUndefined();
    });

    it('are not more than allowed, however many come at one time', async () => {
      const { store } = place();
      const kept = await Promise.all(Array.from({ length: 8 }, () => store.insertPipeline(newPipeline(), 5)));
      expect(kept.filter(Boolean)).toHaveLength(5);
      expect(await store.insertPipeline(newPipeline('bob'), 5)).toBe(true);
      expect(await store.listPipelines('ann')).toHaveLength(5);
    });

    it('are forgotten when nobody looked for them so long, where their visitor has no jobs', async () => {
      const { store, database } = place();
      const kept = newPipeline();
      const [listed, got, changed, old, older] = [
        newPipeline('bob'),
        newPipeline('cid'),
        newPipeline('dan'),
        newPipeline('eve'),
        newPipeline('eve'),
      ];
      for (const one of [kept, listed, got, changed, old, older]) await store.insertPipeline(one, 9);
      await submit(store, { visitor: 'ann' });
      const age = (): unknown => database.query(`update pipelines set seen_at = now() - interval '2 hours'`);
      const expire = (limit = 9): Promise<number> => store.expirePipelines({ olderThanSeconds: 3600, limit });
      const known = async (): Promise<readonly string[]> =>
        (await database.query('select id from pipelines')).map(({ id }) => String(id)).sort();
      await age();
      await store.listPipelines('bob');
      await store.getPipeline(got.id);
      await store.changePipeline(changed, { name: 'another' });
      expect(await expire(1)).toBe(1);
      expect(await expire()).toBe(1);
      expect(await expire()).toBe(0);
      expect(await known()).toEqual([kept, listed, got, changed].map(({ id }) => id).sort());
    });

    it('refuse an id that is taken', async () => {
      const { store } = place();
      const kept = newPipeline();
      await store.insertPipeline(kept, 9);
      await expect(store.insertPipeline({ ...kept, visitor: 'bob' }, 9)).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });
}
