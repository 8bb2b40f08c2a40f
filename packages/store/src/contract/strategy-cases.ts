import { describe, expect, it } from 'vitest';
import type { NewJob } from '../job-store.ts';
import {
  APPLIED,
  IGNORED,
  LIMITS,
  POLICY,
  age,
  planOf,
  publish,
  submit,
  taskOf,
  tell,
  type StorePlace,
} from './job-fixture.ts';

/** Nothing is known of any inbox, and heartbeats take no time. */
const NOTHING_KNOWN = { inboxes: [], held: [], publishedSeconds: 0, runningSeconds: 0 };

/** Tasks that are sent to single executors, and tasks that executors turn away. */
export function strategyCases(place: () => StorePlace): void {
  const insert = (tasks: number, options: Partial<NewJob> = {}) =>
    submit(place().store, { plan: planOf(tasks), ...options });
  /** Claims a task and publishes it to an inbox. */
  const sendTo = async (inbox: string) => {
    const { store } = place();
    const [message] = await store.claimTasks({ ...LIMITS, limit: 1 });
    await store.noteSent([{ task: message!.task, inbox }]);
    await store.markPublished([message!.task]);
    return message!;
  };
  const unwilling = { type: 'returned', code: 'EXECUTOR_UNWILLING' } as const;

  describe('strategy', () => {
    it('is kept with the job, and told where it is not the common one', async () => {
      const { store } = place();
      const random = await insert(1, { strategy: 'random' });
      const balanced = await insert(1);
      expect([random.strategy, balanced.strategy]).toEqual(['random', 'balanced']);
      const messages = await publish(store);
      expect(messages.map(({ job, strategy }) => [job, strategy])).toEqual([
        [random.id, 'random'],
        [balanced.id, undefined],
      ]);
    });

    it('leaves random tasks where they are while there is nobody to draw', async () => {
      const { store } = place();
      const random = await insert(3, { strategy: 'random' });
      const balanced = await insert(2);
      const claimed = await store.claimTasks({ ...LIMITS, random: ['of others'] });
      expect(new Set(claimed.map(({ job }) => job))).toEqual(new Set([balanced.id]));
      expect(await store.claimTasks({ ...LIMITS, random: [] })).toEqual([]);
      expect((await store.getTasks(random.id)).map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
      expect(await store.claimTasks({ ...LIMITS, random: ['test'] })).toHaveLength(3);
    });

    it('tells whether somebody works on a job', async () => {
      const { store } = place();
      const { id, working } = await insert(1);
      expect(working).toBe(false);
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'started' }), POLICY);
      expect((await store.getJob(id))?.working).toBe(true);
      await store.applyEvent(tell(message!, { type: 'returned' }), POLICY);
      expect((await store.getJob(id))?.working).toBe(false);
    });
  });

  describe('inboxes that are gone', () => {
    it('give back what was never begun without using up an attempt, and what ran with its attempt', async () => {
      const { store, database } = place();
      const { id } = await insert(4, { strategy: 'random' });
      const [waiting, running, kept] = [await sendTo('gone'), await sendTo('gone'), await sendTo('alive')];
      const common = (await publish(store, { limit: 1 }))[0]!;
      await store.applyEvent(tell(running, { type: 'started' }), POLICY);
      await age(database, 30);
      expect(await store.reviveSent({ ...NOTHING_KNOWN, inboxes: ['alive'] })).toBe(2);
      const states = new Map((await store.getTasks(id)).map((task) => [task.id, task]));
      expect(states.get(waiting.task)).toMatchObject({ state: 'ready', attempts: 0 });
      expect(states.get(running.task)).toMatchObject({ state: 'ready', attempts: 1, executor: null });
      expect(states.get(kept.task)?.state).toBe('published');
      expect(states.get(common.task)?.state).toBe('published');
      const again = await publish(store);
      expect(again.map(({ attempts }) => attempts).sort()).toEqual([0, 1]);
      // Nobody sent them anywhere this time.
      expect(await store.reviveSent({ ...NOTHING_KNOWN, inboxes: ['alive'] })).toBe(0);
    });

    it('leave alone what an executor holds, and what may not have been reported yet', async () => {
      const { store, database } = place();
      await insert(4, { strategy: 'random' });
      const tasks = [await sendTo('gone'), await sendTo('gone'), await sendTo('gone'), await sendTo('gone')];
      const [held, heldRunning, waiting, running] = tasks;
      await store.applyEvent(tell(heldRunning!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(running!, { type: 'started' }), POLICY);
      await age(database, 5);
      const known = { inboxes: [], held: [held!.task, heldRunning!.task], publishedSeconds: 10, runningSeconds: 10 };
      expect(await store.reviveSent(known)).toBe(0);
      expect(await store.reviveSent({ ...known, runningSeconds: null })).toBe(0);
      expect(await store.reviveSent({ ...known, publishedSeconds: 3 })).toBe(1);
      expect((await taskOf(store, waiting!))?.state).toBe('ready');
      expect(await store.reviveSent({ ...known, runningSeconds: 3 })).toBe(1);
      expect((await taskOf(store, running!))?.state).toBe('ready');
      expect((await taskOf(store, held!))?.state).toBe('published');
      expect((await taskOf(store, heldRunning!))?.state).toBe('running');
    });

    it('bound the attempts of a task that brings every executor down', async () => {
      const { store } = place();
      const { id } = await insert(1, { strategy: 'random' });
      for (let n = 0; n < 3; n++) {
        await store.applyEvent(tell(await sendTo('gone'), { type: 'started' }), POLICY);
        expect(await store.reviveSent(NOTHING_KNOWN)).toBe(1);
      }
      const message = await sendTo('gone');
      expect(message.attempts).toBe(message.maxAttempts);
      expect(await store.applyEvent(tell(message, { type: 'started' }), POLICY)).toMatchObject({
        ended: { job: id, state: 'failed' },
      });
    });

    it('do not concern what is published anew because the common queue lost it', async () => {
      const { store, database } = place();
      await insert(2, { strategy: 'random' });
      const sent = await sendTo('alive');
      const [common] = await publish(store, { limit: 1 });
      await age(database, 60);
      expect(await store.republishAll({ running: false, olderThanSeconds: 30, inboxes: false })).toBe(1);
      expect((await taskOf(store, common!))?.state).toBe('ready');
      expect((await taskOf(store, sent))?.state).toBe('published');
      expect(await store.republishAll({ running: false })).toBe(1);
    });
  });

  describe('turning away', () => {
    it('uses up no attempt and fails no job, however often and long', async () => {
      const { store, database } = place();
      const { id } = await insert(1);
      for (let n = 0; n < 40; n++) {
        const [message] = await publish(store);
        expect(message!.maxAttempts - message!.attempts).toBe(3);
        const event = tell(message!, unwilling);
        expect(await store.applyEvent(event, POLICY)).toEqual(APPLIED);
        expect(await store.applyEvent(event, POLICY)).toEqual(IGNORED);
        await age(database, 400);
      }
      expect(await store.getJob(id)).toMatchObject({ state: 'queued', error: null });
      // Nor does it bring a job nearer to the end of those returns that do count.
      for (let n = 0; n < 19; n++) {
        const [message] = await publish(store);
        expect(await store.applyEvent(tell(message!, { type: 'returned' }), POLICY)).toEqual(APPLIED);
      }
    });

    it('is remembered with the executor, so that another is preferred, until the task is begun', async () => {
      const { store } = place();
      await insert(1);
      const [first] = await publish(store);
      expect(first!.turnedAwayBy).toBeUndefined();
      await store.applyEvent(tell(first!, { ...unwilling, executor: 'busy' }), POLICY);
      const [second] = await publish(store);
      expect(second!.turnedAwayBy).toBe('busy');
      await store.applyEvent(tell(second!, { type: 'started' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'returned' }), POLICY);
      expect((await publish(store))[0]!.turnedAwayBy).toBeUndefined();
    });

    it('delays more each time in a row, at least as long as the executor says', async () => {
      const { store, database } = place();
      await insert(1);
      const times: number[] = [];
      const policy = {
        ...POLICY,
        turnedAwayMilliseconds: (n: number) => {
          times.push(n);
          return n * 1000;
        },
      };
      for (const [n, delayMilliseconds] of [0, 0, 60_000].entries()) {
        const [message] = await publish(store);
        await store.applyEvent(tell(message!, { ...unwilling, delayMilliseconds }), policy);
        expect(await publish(store)).toEqual([]);
        await age(database, n === 2 ? 61 : n + 1);
      }
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'started' }), policy);
      await store.applyEvent(tell(message!, { type: 'returned' }), policy);
      const [again] = await publish(store);
      await store.applyEvent(tell(again!, unwilling), policy);
      expect(times).toEqual([1, 2, 3, 1]);
    });

    it('is no change for visitors, and does not touch what another began', async () => {
      const { store } = place();
      await insert(1);
      const [message] = await publish(store);
      const before = await store.lastChange();
      await store.applyEvent(tell(message!, unwilling), POLICY);
      expect(await store.lastChange()).toBe(before);
      const [again] = await publish(store);
      await store.applyEvent(tell(again!, { type: 'started' }), POLICY);
      const late = tell(again!, { ...unwilling, executor: 'executor-2' });
      expect(await store.applyEvent(late, POLICY)).toEqual(IGNORED);
      expect((await taskOf(store, again!))?.state).toBe('running');
    });
  });
}
