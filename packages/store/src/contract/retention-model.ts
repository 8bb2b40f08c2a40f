import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lawRuns } from '../../../../tests/services/law-runs.ts';
import type { Expiry, ImageRow, JobStore } from '../job-store.ts';
import { POLICY, RESULT, empty, newJob, planOf, publish, tell, type StorePlace } from './job-fixture.ts';
import { freshImage } from './retention-cases.ts';

const NOW: Expiry = { olderThanSeconds: 0, limit: 2, settleSeconds: 0 };

const step = fc.record({
  does: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('upload' as const, 'finish' as const) },
    { weight: 5, arbitrary: fc.constant('submit' as const) },
    { weight: 1, arbitrary: fc.constantFrom('cancel' as const, 'fail' as const, 'redrive' as const) },
    { weight: 3, arbitrary: fc.constantFrom('expireJobs' as const, 'expireImages' as const) },
    { weight: 2, arbitrary: fc.constantFrom('sweep' as const, 'die' as const, 'reconcile' as const) },
  ),
  pick: fc.nat(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A store with the objects that its rows refer to, and some that nobody knows. */
class World {
  readonly store: JobStore;
  readonly images: ImageRow[] = [];
  readonly jobs: string[] = [];
  readonly objects = new Set<string>();

  constructor(store: JobStore) {
    this.store = store;
  }

  async perform({ does, pick }: Step): Promise<void> {
    const { store, images, jobs, objects } = this;
    const job = jobs[pick % Math.max(jobs.length, 1)];
    const missing = (error: unknown): void => expect(error).toMatchObject({ code: 'NOT_FOUND' });
    if (does === 'upload') {
      const image = freshImage();
      objects.add(image.key);
      // Some requests end between the object and its row.
      if (pick % 4 === 0) return;
      await store.insertImage(image);
      images.push(image);
    } else if (does === 'submit') {
      const image = images[pick % Math.max(images.length, 1)];
      if (image === undefined) return;
      const wish = newJob({ image, plan: planOf(1), reuseKey: `key-${String(pick % 3)}`, id: randomUUID() });
      await store.insertJobs([wish]).then(() => jobs.push(wish.id), missing);
    } else if (does === 'finish' || does === 'fail') {
      for (const message of await publish(store, { limit: (pick % 2) + 1 })) {
        const key = `results/${message.job}.png`;
        if (does === 'finish') objects.add(key);
        const told =
          does === 'finish'
            ? tell(message, { type: 'done', result: { ...RESULT, key } })
            : tell(message, { type: 'failed', retryable: false });
        await store.applyEvent(told, POLICY);
      }
    } else if (does === 'cancel' || does === 'redrive') {
      if (job !== undefined) await (does === 'cancel' ? store.cancelJob(job) : store.redriveJob(job)).catch(missing);
    } else if (does === 'expireJobs' || does === 'expireImages') {
      await store[does](NOW);
    } else if (does === 'reconcile') {
      await this.reconcile();
    } else {
      // Whoever dies between the objects and the list leaves the list.
      await this.sweep(does === 'sweep');
    }
  }

  async sweep(toTheEnd: boolean): Promise<number> {
    const keys = await this.store.listRemovals(3);
    for (const key of keys) this.objects.delete(key);
    if (toTheEnd) await this.store.forgetRemovals(keys);
    return keys.length;
  }

  async reconcile(): Promise<void> {
    const stored = [...this.objects].map((key) => ({ key, owner: /\/([^.]+)/.exec(key)?.[1] ?? '' }));
    await this.store.noteOrphans(stored, 0);
  }

  /** Whatever a row refers to is there. */
  async check(): Promise<void> {
    for (const { id } of this.images) {
      const image = await this.store.getImage(id);
      if (image !== undefined) expect(this.objects).toContain(image.key);
    }
    for (const id of this.jobs) {
      const job = await this.store.getJob(id);
      if (job === undefined) continue;
      expect(this.objects).toContain(job.image.key);
      if (job.result !== null) expect(this.objects).toContain(job.result.key);
    }
  }
}

/** Whatever happens in whatever order, what a row refers to is kept, and what none does is removed in the end. */
export function retentionModel(place: () => StorePlace): void {
  it('keeps what is referred to and nothing else, in any history', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 50 }), async (steps) => {
        const { store, database } = place();
        await empty(database);
        const world = new World(store);
        for (const one of steps) {
          await world.perform(one);
          await world.check();
        }
        for (const id of world.jobs) await store.cancelJob(id).catch(() => false);
        while ((await store.expireJobs(NOW)) + (await store.expireImages(NOW)) > 0);
        await world.reconcile();
        while ((await world.sweep(true)) > 0);
        expect([...world.objects]).toEqual([]);
        for (const table of ['images', 'jobs', 'job_images', 'tasks', 'turns', 'removals']) {
          expect([table, await database.query(`select from ${table}`)]).toEqual([table, []]);
        }
      }),
      { numRuns: lawRuns(10, 100) },
    );
  });
}
