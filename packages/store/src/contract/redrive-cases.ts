import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JobStore, NewJob } from '../job-store.ts';
import type { NewRedrive } from '../ops-store.ts';
import { POLICY, age, imageRow, planOf, publish, runAll, submit, tell, type StorePlace } from './job-fixture.ts';

export const KEEP = { keepFailedSeconds: 86_400 };

export function redriveWish(options: Partial<NewRedrive> = {}): NewRedrive {
  return {
    ...KEEP,
    id: randomUUID(),
    key: randomUUID(),
    actor: 'an operator',
    filter: {},
    rate: 10_000,
    undoSeconds: 0,
    ...options,
  };
}

/** Submits jobs and has the second task of each fail for good; gives the jobs in the order of submission. */
export async function failJobs(
  store: JobStore,
  count: number,
  code: 'DECODE_OOM' | 'CORRUPT_IMAGE' = 'DECODE_OOM',
  options: Partial<NewJob> = {},
): Promise<readonly string[]> {
  const jobs: string[] = [];
  for (let n = 0; n < count; n++) {
    const { id } = await submit(store, { image: imageRow(`visitor-${String(n)}`), plan: planOf(3), ...options });
    const messages = await publish(store);
    await store.applyEvent(tell(messages[0]!, { type: 'done' }), POLICY);
    const failed = tell(messages[1]!, { type: 'failed', code, message: 'It failed.', retryable: false });
    await store.applyEvent(failed, POLICY);
    jobs.push(id);
  }
  return jobs;
}

/** Steps until nothing is due; gives the number of jobs brought back. */
export async function stepAll(store: JobStore): Promise<number> {
  let redriven = 0;
  for (;;) {
    const step = await store.stepRedrives(KEEP);
    if (!step.due) return redriven;
    if (step.redriven) redriven += 1;
  }
}

/** What operators do about failed jobs. */
export function redriveCases(place: () => StorePlace): void {
  describe('redrives', () => {
    it('group failed jobs by their cause', async () => {
      const { store, database } = place();
      const corrupt = await failJobs(store, 2, 'CORRUPT_IMAGE');
      await age(database, 7200);
      const memory = await failJobs(store, 3);
      await submit(store);
      const groups = await store.deadGroups(KEEP);
      expect(groups).toMatchObject([
        { code: 'DECODE_OOM', kind: 'render', jobs: 3, redrivable: 3 },
        { code: 'CORRUPT_IMAGE', kind: 'render', jobs: 2, redrivable: 2 },
      ]);
      expect(groups.map(({ hours }) => [hours.length, hours[23], hours[21]])).toEqual([
        [24, 3, 0],
        [24, 0, 2],
      ]);
      expect(await store.deadGroups({ keepFailedSeconds: 3600 })).toMatchObject([{ redrivable: 3 }, { redrivable: 0 }]);
      const first = await store.deadJobs({ ...KEEP, group: groups[0]!.id, limit: 2 });
      expect(first.jobs.map(({ job }) => job)).toEqual([memory[2], memory[1]]);
      expect(first.jobs[0]).toMatchObject({
        picture: { width: 100, height: 250 },
        message: 'It failed.',
        stage: 0,
        index: 1,
        region: { x: 0, y: 100, width: 100, height: 100 },
        attempts: 1,
        redrivable: true,
      });
      const second = await store.deadJobs({ ...KEEP, group: groups[0]!.id, limit: 2, before: first.next! });
      expect(second).toMatchObject({ jobs: [{ job: memory[0] }], next: null });
      expect((await store.deadJobs({ ...KEEP, group: groups[1]!.id, limit: 9 })).jobs).toHaveLength(corrupt.length);
    });

    it('name the operations of the stage that failed', async () => {
      const { store } = place();
      const blur = { op: 'gaussian-blur', params: { ksize: 3, sigma: 0 } } as const;
      const canny = { op: 'canny', params: { low: 1, high: 2, aperture: 3, l2: false } } as const;
      const basis = planOf(3);
      const source = { kind: 'image' } as const;
      await failJobs(store, 1, 'DECODE_OOM', {
        plan: {
          ...basis,
          pipeline: [blur, canny],
          stages: [{ kind: 'observe', tasks: 3, pass: { source, before: [blur], after: [] }, step: canny }],
        },
      });
      expect(await store.deadGroups(KEEP)).toMatchObject([
        { kind: 'observe', operations: ['gaussian-blur', 'canny'], jobs: 1 },
      ]);
    });

    it('take the discarded off the list until they fail again', async () => {
      const { store } = place();
      const [first, second] = await failJobs(store, 2);
      await expect(store.discardDead({}, 1, 'me')).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await store.countDead({}, KEEP)).toEqual({ matching: 2, redrivable: 2 });
      expect(await store.discardDead({ jobs: [first!] }, 1, 'me')).toBe(1);
      expect(await store.countDead({}, KEEP)).toEqual({ matching: 1, redrivable: 1 });
      expect((await store.getJob(first!))?.state).toBe('failed');
      await store.redriveJob(first!);
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'failed', retryable: false }), POLICY);
      expect(await store.countDead({ jobs: [first!, second!] }, KEEP)).toEqual({ matching: 2, redrivable: 2 });
      await store.expireJobs({ olderThanSeconds: 0, limit: 9, settleSeconds: 0 });
      expect(await store.deadGroups(KEEP)).toEqual([]);
    });

    it('tell what was discarded by whom, newest first', async () => {
      const { store } = place();
      const [first] = await failJobs(store, 3);
      expect(await store.listDiscards(9)).toEqual([]);
      await store.discardDead({ jobs: [first!] }, 1, 'me');
      await store.discardDead({}, 9, 'you');
      const [latest, earlier] = await store.listDiscards(9);
      expect([latest, earlier]).toMatchObject([
        { actor: 'you', jobs: 2 },
        { actor: 'me', jobs: 1 },
      ]);
      expect(latest!.discardedAt.getTime()).toBeGreaterThan(earlier!.discardedAt.getTime());
      expect(await store.listDiscards(1)).toEqual([latest]);
      // Pruned by their age, and only once the jobs are gone: those that are kept stay off the list of failed ones.
      expect(await store.pruneDiscards(-1)).toBe(0);
      await store.expireJobs({ olderThanSeconds: -1, limit: 9, settleSeconds: 0 });
      expect(await store.listDiscards(9)).toEqual([latest, earlier]);
      expect([await store.pruneDiscards(3600), await store.pruneDiscards(-1)]).toEqual([0, 3]);
      expect(await store.listDiscards(9)).toEqual([]);
    });

    it('bring all jobs of a group back, and tell how they end', async () => {
      const { store } = place();
      const jobs = await failJobs(store, 3);
      await failJobs(store, 1, 'CORRUPT_IMAGE');
      const group = (await store.deadGroups(KEEP)).find(({ code }) => code === 'DECODE_OOM')!.id;
      const { redrive, created } = await store.createRedrive(redriveWish({ filter: { group } }));
      expect({ created, ...redrive }).toMatchObject({ created: true, state: 'waiting', total: 3, redriven: 0 });
      expect(await store.countDead({ group }, KEEP)).toEqual({ matching: 3, redrivable: 0 });
      expect(await stepAll(store)).toBe(3);
      expect(await store.settleRedrives()).toBe(0);
      expect(await store.getRedrive(redrive.id)).toMatchObject({ state: 'running', redriven: 3, succeeded: 0 });
      await store.cancelJob(jobs[0]!);
      const messages = await publish(store);
      const fails = messages.find(({ job }) => job === jobs[1])!;
      await store.applyEvent(tell(fails, { type: 'failed', retryable: false }), POLICY);
      for (const message of messages.filter(({ job }) => job === jobs[2])) {
        await store.applyEvent(tell(message, { type: 'done' }), POLICY);
      }
      expect(await store.settleRedrives()).toBe(1);
      expect(await store.listRedrives(9)).toMatchObject([
        { id: redrive.id, state: 'done', redriven: 3, succeeded: 1, failed: 1, cancelled: 1, skipped: 0 },
      ]);
      expect(await store.stepRedrives(KEEP)).toEqual({ due: false, redriven: false });
      expect(await store.pruneRedrives(3600)).toBe(0);
      expect(await store.pruneRedrives(-1)).toBe(1);
    });

    it('start once for one key, and never have one job twice', async () => {
      const { store } = place();
      await failJobs(store, 2);
      const wish = redriveWish({ filter: { limit: 1 } });
      const [first, again] = await Promise.all([
        store.createRedrive(wish),
        store.createRedrive({ ...wish, id: randomUUID() }),
      ]);
      expect([first.created, again.created].sort()).toEqual([false, true]);
      expect(again.redrive.id).toBe(first.redrive.id);
      await expect(store.createRedrive({ ...wish, filter: {} })).rejects.toMatchObject({ code: 'CONFLICT' });
      expect((await store.createRedrive(redriveWish())).redrive.total).toBe(1);
      await expect(store.createRedrive(redriveWish())).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await store.listRedrives(9)).toHaveLength(2);
    });

    it('wait until they can not be undone any more, then keep their pace', async () => {
      const { store, database } = place();
      await failJobs(store, 6);
      const { redrive } = await store.createRedrive(redriveWish({ rate: 2, undoSeconds: 10 }));
      expect(await stepAll(store)).toBe(0);
      const pass = async (seconds: number): Promise<void> => {
        await database.query(
          `update redrives set starts_at = starts_at - $1 * interval '1 second', next_at = next_at - $1 * interval '1 second'`,
          [seconds],
        );
      };
      await pass(10.1);
      expect(await stepAll(store)).toBe(1);
      expect(await store.getRedrive(redrive.id)).toMatchObject({ state: 'running', redriven: 1 });
      await pass(0.5);
      expect(await stepAll(store)).toBe(1);
      // Long away, it catches up with what one second holds and the one that is due.
      await pass(60);
      expect(await stepAll(store)).toBe(3);
    });

    it('stop when they are cancelled; what was brought back goes on and is told of', async () => {
      const { store } = place();
      await failJobs(store, 3);
      const { redrive } = await store.createRedrive(redriveWish());
      await store.stepRedrives(KEEP);
      expect(await store.cancelRedrive(redrive.id)).toBe(true);
      expect(await store.cancelRedrive(redrive.id)).toBe(false);
      await expect(store.cancelRedrive('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await stepAll(store)).toBe(0);
      await runAll(store);
      await store.settleRedrives();
      expect(await store.getRedrive(redrive.id)).toMatchObject({
        state: 'cancelled',
        redriven: 1,
        succeeded: 1,
        skipped: 2,
      });
      expect(await store.countDead({}, KEEP)).toEqual({ matching: 2, redrivable: 2 });
    });

    it('skip jobs that are none of the failed any more, or too old', async () => {
      const { store, database } = place();
      const [own, old, gone] = await failJobs(store, 3);
      const { redrive } = await store.createRedrive(redriveWish());
      await store.redriveJob(own!);
      await database.query(`update jobs set finished_at = now() - interval '2 days' where id = any($1::text[])`, [
        [old!, gone!],
      ]);
      await database.query('delete from tasks where job = $1', [gone!]);
      await database.query('delete from jobs where id = $1', [gone!]);
      expect(await stepAll(store)).toBe(0);
      expect(await store.settleRedrives()).toBe(1);
      expect(await store.getRedrive(redrive.id)).toMatchObject({ state: 'done', redriven: 0, skipped: 3 });
    });
  });
}
