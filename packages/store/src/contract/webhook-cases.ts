import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JobStore } from '../job-store.ts';
import type { ClaimedDelivery, NewWebhook } from '../webhook-store.ts';
import {
  POLICY,
  RESULT,
  age,
  imageRow,
  newJob,
  planOf,
  publish,
  runAll,
  tell,
  type StorePlace,
} from './job-fixture.ts';

const hook = (options: Partial<NewWebhook> = {}): NewWebhook => ({
  id: randomUUID(),
  visitor: 'ann',
  batch: null,
  url: 'https://receiver.example/hook?token=1',
  secret: 'made by the site',
  chosen: false,
  ...options,
});

/** Jobs of one image with a webhook. */
async function submitWith(store: JobStore, webhook: NewWebhook, keys: readonly string[] = [randomUUID()]) {
  const image = imageRow(webhook.visitor);
  await store.insertImage(image);
  const { batch } = webhook;
  const jobs = keys.map((reuseKey) => newJob({ image, batch, plan: planOf(1), reuseKey }));
  return store.insertJobs(jobs, webhook);
}

async function claimAll(store: JobStore, except: readonly string[] = []): Promise<readonly ClaimedDelivery[]> {
  const claimed: ClaimedDelivery[] = [];
  for (;;) {
    const next = await store.claimDelivery({ leaseSeconds: 30, except });
    if (next === undefined) return claimed;
    claimed.push(next);
  }
}

/** What is told to addresses outside. */
export function webhookCases(place: () => StorePlace): void {
  describe('webhooks', () => {
    it('are told once how a job ended; jobs without one cost no row', async () => {
      const { store, database } = place();
      const [job] = await submitWith(store, hook());
      await store.insertJobs([newJob({ image: job!.image, plan: planOf(1) })]);
      expect(await claimAll(store)).toEqual([]);
      await runAll(store);
      const claimed = await claimAll(store);
      const facts = { batch: null, state: 'done', result: RESULT, error: null, reused: false };
      expect(claimed).toEqual([
        {
          id: expect.stringMatching(/^[\w-]{22}$/) as string,
          visitor: 'ann',
          at: expect.any(Date) as Date,
          about: { job: job!.id, facts },
          url: 'https://receiver.example/hook?token=1',
          secret: 'made by the site',
          attempt: 1,
          nth: 1,
        },
      ]);
      expect(await claimAll(store)).toEqual([]);
      expect(await database.query('select count(*)::integer as n from deliveries')).toEqual([{ n: 1 }]);
      // Operators see the host of the address, for the rest of it may be a secret.
      expect(await store.countDeliveries()).toEqual({ waiting: 1, delivered: 0, failed: 0 });
      const seen = await store.listAllDeliveries({ limit: 9 });
      expect(seen).toMatchObject([{ job: job!.id, state: 'waiting', attempts: 1, host: 'receiver.example' }]);
      expect(await store.listAllDeliveries({ limit: 9, state: 'failed' })).toEqual([]);
    });

    it('are told of failed and cancelled jobs, and of those that are done at once', async () => {
      const { store } = place();
      const [failing] = await submitWith(store, hook());
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'failed', retryable: false }), POLICY);
      const [cancelled] = await submitWith(store, hook());
      await store.cancelJob(cancelled!.id);
      const [first] = await submitWith(store, hook(), ['same']);
      await runAll(store);
      const [reused] = await submitWith(store, hook(), ['same']);
      const claimed = await claimAll(store);
      expect(
        claimed.map(({ about }) => ('job' in about ? [about.job, about.facts.state, about.facts.reused] : [])),
      ).toEqual([
        [failing!.id, 'failed', false],
        [cancelled!.id, 'cancelled', false],
        [first!.id, 'done', false],
        [reused!.id, 'done', true],
      ]);
      expect(claimed[0]?.about.facts).toMatchObject({ error: { code: 'DECODER_CRASHED' } });
      expect(await store.redriveJob(failing!.id)).toBe(true);
      await runAll(store);
      expect((await store.listDeliveries(failing!.id)).map(({ job }) => job)).toEqual([failing!.id, failing!.id]);
    });

    it('are told of the end of a batch once, when all its jobs have ended, however close', async () => {
      const { store, database } = place();
      const jobs = await submitWith(store, hook({ batch: 'one' }), ['a', 'b', 'c', 'd']);
      const messages = await publish(store);
      await store.cancelJob(jobs[0]!.id);
      const rest = messages.filter(({ job }) => job !== jobs[0]!.id);
      await Promise.all(rest.map((message) => store.applyEvent(tell(message, { type: 'done' }), POLICY)));
      expect(await claimAll(store)).toHaveLength(4);
      await age(database, 3);
      expect((await claimAll(store)).map(({ about }) => about)).toEqual([
        { batch: 'one', facts: { done: 3, failed: 0, cancelled: 1 } },
      ]);
      expect((await store.listDeliveries(jobs[1]!.id)).map(({ job, batch }) => [job, batch])).toEqual([
        [jobs[1]!.id, 'one'],
        [null, 'one'],
      ]);
    });

    it('are not told of a batch that goes on; it ends anew', async () => {
      const { store, database } = place();
      const [first] = await submitWith(store, hook({ batch: 'one' }), ['same']);
      await runAll(store);
      await submitWith(store, hook({ batch: 'one' }));
      await age(database, 3);
      expect((await claimAll(store)).map(({ about }) => 'batch' in about)).toEqual([false]);
      await runAll(store);
      await submitWith(store, hook({ batch: 'one' }), ['same', 'same', 'same']);
      await age(database, 3);
      const ends = async () =>
        (await claimAll(store)).flatMap(({ about }) => ('batch' in about ? [about.facts.done] : []));
      expect(await ends()).toEqual([5]);
      const [last] = await submitWith(store, hook({ batch: 'one' }));
      await store.forgetJobs({ jobs: [last!.id], visitor: 'ann', settleSeconds: 0 });
      await age(database, 3);
      expect(await ends()).toEqual([5]);
      expect((await store.listDeliveries(first!.id)).filter(({ job }) => job === null)).toHaveLength(2);
    });

    it('of one batch are one for each address; a secret that was chosen counts', async () => {
      const { store } = place();
      const [a] = await submitWith(store, hook({ batch: 'one' }));
      const [b] = await submitWith(store, hook({ batch: 'one', secret: 'made later' }));
      expect(await store.getWebhook(b!.id)).toEqual(await store.getWebhook(a!.id));
      expect(await store.getWebhook(b!.id)).toMatchObject({ secret: 'made by the site' });
      await submitWith(store, hook({ batch: 'one', secret: 'chosen by Ann', chosen: true }));
      expect(await store.getWebhook(a!.id)).toMatchObject({ secret: 'chosen by Ann' });
      const [other] = await submitWith(store, hook({ batch: 'one', url: 'https://else.example/' }));
      expect(await store.getWebhook(other!.id)).toMatchObject({ url: 'https://else.example/' });
      expect(await store.getWebhook('unknown')).toBeUndefined();
    });

    it('are tried again when the lease is over, and outcomes of older tries do not count', async () => {
      const { store, database } = place();
      const [job] = await submitWith(store, hook());
      await runAll(store);
      const [dead] = await claimAll(store);
      await age(database, 29);
      expect(await claimAll(store)).toEqual([]);
      await age(database, 1);
      const [second] = await claimAll(store);
      expect(second).toEqual({ ...dead, attempt: 2, nth: 2 });
      const outcome = { id: dead!.id, status: 200, error: null, next: 'delivered' } as const;
      expect(await store.settleDelivery({ ...outcome, attempt: 1 })).toBe(false);
      const refused = { id: dead!.id, attempt: 2, status: 500, error: null, next: 60 } as const;
      expect(await store.settleDelivery(refused)).toBe(true);
      expect(await store.listDeliveries(job!.id)).toMatchObject([{ state: 'waiting', attempts: 2, status: 500 }]);
      await age(database, 59);
      expect(await claimAll(store)).toEqual([]);
      await age(database, 1);
      const [third] = await claimAll(store);
      expect(await store.settleDelivery({ ...outcome, attempt: third!.attempt })).toBe(true);
      expect(await store.settleDelivery({ ...outcome, attempt: third!.attempt })).toBe(false);
      expect(await store.listDeliveries(job!.id)).toMatchObject([{ state: 'delivered', status: 200, dueAt: null }]);
      await age(database, 1000);
      expect(await claimAll(store)).toEqual([]);
    });

    it('are taken by one of many, the longest due first, and by nobody for some visitors', async () => {
      const { store } = place();
      for (const visitor of ['ann', 'bob', 'ann']) await submitWith(store, hook({ visitor }));
      await runAll(store);
      expect((await claimAll(store, ['ann'])).map(({ visitor }) => visitor)).toEqual(['bob']);
      const limits = { leaseSeconds: 30, except: [] };
      const claimed = await Promise.all([1, 2, 3].map(() => store.claimDelivery(limits)));
      const rest = await claimAll(store);
      const ids = [...claimed, ...rest].flatMap((one) => (one === undefined ? [] : [one.id]));
      expect([ids.length, new Set(ids).size]).toEqual([2, 2]);
    });

    it('are replayed by their visitor, with the same id and all tries', async () => {
      const { store } = place();
      const [job] = await submitWith(store, hook());
      await runAll(store);
      const [first] = await claimAll(store);
      await store.settleDelivery({ id: first!.id, attempt: 1, status: null, error: 'URL_UNREACHABLE', next: 'failed' });
      expect(await store.listDeliveries(job!.id)).toMatchObject([{ state: 'failed', error: 'URL_UNREACHABLE' }]);
      expect(await store.replayDelivery({ id: first!.id, visitor: 'bob' })).toBeUndefined();
      expect(await store.replayDelivery({ id: 'unknown', visitor: 'ann' })).toBeUndefined();
      const replayed = await store.replayDelivery({ id: first!.id, visitor: 'ann' });
      expect(replayed).toMatchObject({ id: first!.id, state: 'waiting', attempts: 0 });
      expect(await claimAll(store)).toEqual([{ ...first, attempt: 2, nth: 1 }]);
    });

    it('go with the last of their jobs', async () => {
      const { store, database } = place();
      const jobs = await submitWith(store, hook({ batch: 'one' }), ['a', 'b']);
      await runAll(store);
      const count = async (): Promise<unknown> =>
        (
          await database.query(
            'select (select count(*) from webhooks)::integer as w, (select count(*) from deliveries)::integer as d',
          )
        )[0];
      expect(await count()).toEqual({ w: 1, d: 3 });
      await store.forgetJobs({ jobs: [jobs[0]!.id], visitor: 'ann', settleSeconds: 0 });
      expect(await count()).toEqual({ w: 1, d: 2 });
      await age(database, 100);
      expect(await store.expireJobs({ olderThanSeconds: 50, limit: 10, settleSeconds: 0 })).toBe(1);
      expect(await count()).toEqual({ w: 0, d: 0 });
    });

    it('leave nothing behind where their jobs are not taken', async () => {
      const { store, database } = place();
      const image = imageRow('ann');
      await expect(store.insertJobs([newJob({ image })], hook())).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await database.query('select id from webhooks')).toEqual([]);
    });
  });
}
