import { describe, expect, it } from 'vitest';
import { POLICY, age, begin, planOf, publish, runAll, submit, tell, type StorePlace } from './job-fixture.ts';

/** What is remembered of each delivery of a task. */
export function attemptCases(place: () => StorePlace): void {
  /** Attempts as `stage/index executor outcome`. */
  const told = async (job: string): Promise<readonly string[]> =>
    (await place().store.listAttempts(job)).map(
      ({ stage, index, executor, outcome }) => `${stage}/${index} ${executor ?? '-'} ${outcome ?? 'under way'}`,
    );

  describe('attempts', () => {
    it('are those that finished their task and those under way', async () => {
      const { store, database } = place();
      const [first, second] = await begin(store, 3, 'assemble');
      const { job } = first!;
      expect(await store.listAttempts(job)).toEqual([]);
      await store.applyEvent(tell(first!, { type: 'started' }), POLICY);
      expect(await told(job)).toEqual(['0/0 executor-1 under way']);
      await age(database, 5);
      await store.applyEvent(tell(first!, { type: 'done', milliseconds: 4000, executor: 'b' }), POLICY);
      await age(database, 5);
      await store.applyEvent(tell(second!, { type: 'started' }), POLICY);
      expect(await told(job)).toEqual(['0/0 b done', '0/1 executor-1 under way']);
      const [done, running] = await store.listAttempts(job);
      expect(done!.endedAt!.getTime() - done!.beganAt.getTime()).toBe(4000);
      expect(done).toMatchObject({ attempt: 1, code: null });
      expect(running).toMatchObject({ endedAt: null, code: null });
      await runAll(store);
      await expect(store.listAttempts('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('tell failures and returns with their code and who had them', async () => {
      const { store, database } = place();
      const [first] = await begin(store, 1, 'assemble');
      const { job } = first!;
      await store.applyEvent(tell(first!, { type: 'started', executor: 'a' }), POLICY);
      await age(database, 3);
      await store.applyEvent(tell(first!, { type: 'failed', executor: 'a' }), POLICY);
      await age(database, 3);
      const [again] = await publish(store);
      // Its `started` was lost.
      await store.applyEvent(tell(again!, { type: 'returned', executor: 'b' }), POLICY);
      await age(database, 3);
      const [third] = await publish(store);
      await store.applyEvent(tell(third!, { type: 'started', executor: 'c' }), POLICY);
      await store.applyEvent(tell(third!, { type: 'failed', executor: 'c', retryable: false }), POLICY);
      expect(await told(job)).toEqual(['0/0 a failed', '0/0 b returned', '0/0 c failed']);
      const attempts = await store.listAttempts(job);
      expect(attempts.map(({ code }) => code)).toEqual(['DECODER_CRASHED', 'STORE_UNAVAILABLE', 'DECODER_CRASHED']);
      expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
      const [long] = attempts;
      expect(long!.endedAt!.getTime() - long!.beganAt.getTime()).toBeGreaterThan(2900);
    });

    it('are lost when somebody else begins, or when nobody has been seen for long', async () => {
      const { store, database } = place();
      const [first, second] = await begin(store, 2, 'assemble');
      const { job } = first!;
      await store.applyEvent(tell(first!, { type: 'started', executor: 'a' }), POLICY);
      await age(database, 2);
      // The broker delivered it again, after its executor was killed.
      await store.applyEvent(tell(first!, { type: 'started', executor: 'b', attempt: 2 }), POLICY);
      await store.applyEvent(tell(second!, { type: 'started', executor: 'a' }), POLICY);
      expect(await told(job)).toEqual(['0/0 a lost', '0/0 b under way', '0/1 a under way']);
      await age(database, 100);
      expect(await store.reviveTasks({ publishingSeconds: 50, runningSeconds: 50 })).toBe(2);
      expect(await told(job)).toEqual(['0/0 a lost', '0/0 b lost', '0/1 a lost']);
      await store.reviveTasks({ publishingSeconds: 0, runningSeconds: 0 });
      await runAll(store);
      expect(await told(job)).toHaveLength(6);
    });

    it('tell who turned a task away that somebody else then began, and on demand only what was handed on', async () => {
      const { store, database } = place();
      const [first] = await begin(store, 2, 'assemble');
      const { job } = first!;
      for (const executor of ['a', 'b']) {
        const [message] = executor === 'a' ? [first] : await publish(store);
        await store.applyEvent(tell(message!, { type: 'returned', code: 'EXECUTOR_UNWILLING', executor }), POLICY);
        await age(database, 60);
      }
      expect(await told(job)).toEqual([]);
      const [again] = await publish(store);
      await store.applyEvent(tell(again!, { type: 'started', executor: 'c' }), POLICY);
      expect(await told(job)).toEqual(['0/0 b returned', '0/0 c under way']);
      const handedOn = await store.listAttempts(job, { handedOn: true });
      expect(handedOn).toMatchObject([{ executor: 'b', outcome: 'returned', code: null }]);
      expect((await store.getTasks(job)).map(({ attempts }) => attempts)).toEqual([1, 0]);
    });

    it('end with their job', async () => {
      const { store, database } = place();
      const [first, second] = await begin(store, 3, 'assemble');
      const { job } = first!;
      await store.applyEvent(tell(first!, { type: 'started', executor: 'a' }), POLICY);
      await store.applyEvent(tell(second!, { type: 'started', executor: 'b' }), POLICY);
      await age(database, 1);
      await store.applyEvent(tell(first!, { type: 'failed', executor: 'a', retryable: false }), POLICY);
      expect(await told(job)).toEqual(['0/0 a failed', '0/1 b cancelled']);
      await age(database, 1);
      await store.redriveJob(job);
      await runAll(store);
      expect(await told(job)).toEqual([
        '0/0 a failed',
        '0/1 b cancelled',
        ...Array.from({ length: 3 }, (_, index) => `0/${index} executor-1 done`),
        '1/0 executor-1 done',
      ]);
    });

    it('tell of a task that the broker gave up, begun or not', async () => {
      const { store } = place();
      const [never] = await begin(store, 1, 'assemble');
      await store.failDead(never!.task, 3);
      expect(await told(never!.job)).toEqual(['0/0 - failed']);
      const [begun] = await begin(store, 1, 'assemble');
      await store.applyEvent(tell(begun!, { type: 'started', executor: 'a' }), POLICY);
      await store.failDead(begun!.task, 3);
      expect(await store.listAttempts(begun!.job)).toMatchObject([
        { executor: 'a', outcome: 'failed', code: 'ATTEMPTS_EXHAUSTED' },
      ]);
    });

    it('go with their job, and when its work has to be done anew', async () => {
      const { store, database } = place();
      const [first] = await begin(store, 1, 'assemble');
      await store.applyEvent(tell(first!, { type: 'failed' }), POLICY);
      await store.rewindJobs();
      expect(await store.listAttempts(first!.job)).toEqual([]);
      const [again] = await publish(store);
      await store.applyEvent(tell(again!, { type: 'failed' }), POLICY);
      await store.cancelJob(first!.job);
      await age(database, 10);
      expect(await store.expireJobs({ olderThanSeconds: 5, limit: 10, settleSeconds: 0 })).toBe(1);
      expect(await database.query('select from attempts')).toEqual([]);
    });
  });

  describe('pace', () => {
    it('tells what was seen of each stage', async () => {
      const { store, database } = place();
      const { id } = await submit(store, { plan: planOf(6, 'assemble') });
      const messages = await publish(store);
      expect(await store.readPace([id])).toMatchObject([
        { job: id, stage: 0, done: 0, running: 0, wallMilliseconds: 0 },
      ]);
      for (const [index, message] of messages.slice(0, 3).entries()) {
        await store.applyEvent(tell(message, { type: 'started' }), POLICY);
        await store.applyEvent(tell(message, { type: 'done', milliseconds: 1000 + 100 * index }), POLICY);
      }
      await age(database, 10);
      await store.applyEvent(tell(messages[3]!, { type: 'started' }), POLICY);
      await age(database, 2);
      const [stage] = await store.readPace([id, 'unknown']);
      expect(stage).toMatchObject({ job: id, stage: 0, done: 3, running: 1, doneIndex: 1, restIndex: 4 });
      expect(stage!.meanMilliseconds).toBeCloseTo(1100);
      expect(stage!.slopeMilliseconds).toBeCloseTo(100);
      expect(stage!.deviationMilliseconds).toBeCloseTo(100);
      expect(stage!.wallMilliseconds).toBeGreaterThan(13_000);
      expect(stage!.wallMilliseconds).toBeLessThan(14_500);
      expect(stage!.underWay).toEqual([expect.closeTo(2000, -3)]);
      for (const message of messages.slice(3)) await store.applyEvent(tell(message, { type: 'done' }), POLICY);
      await age(database, 10);
      const stages = await store.readPace([id]);
      expect(stages).toMatchObject([
        { stage: 0, done: 6, running: 0 },
        { stage: 1, done: 0, running: 0 },
      ]);
      // All three were begun before one had ended: they may have waited for the source.
      expect(stage).toMatchObject({ steady: 0 });
      expect(stage!.workedMilliseconds).toBeCloseTo(3300);
      // What is over took as long as it took.
      expect(stages[0]!.wallMilliseconds).toBeLessThan(14_500);
    });

    it('tells of those that began when another had ended, once there are three', async () => {
      const { store, database } = place();
      const { id } = await submit(store, { plan: planOf(6, 'assemble') });
      const messages = await publish(store);
      for (const [index, message] of messages.slice(0, 5).entries()) {
        await store.applyEvent(tell(message, { type: 'started' }), POLICY);
        await age(database, 10);
        await store.applyEvent(tell(message, { type: 'done', milliseconds: index < 1 ? 9000 : 1000 }), POLICY);
        const [stage] = await store.readPace([id]);
        expect(stage).toMatchObject({ done: index + 1, steady: index, told: index < 3 ? index + 1 : index });
        expect(stage!.meanMilliseconds).toBeCloseTo([9000, 5000, 11_000 / 3, 1000, 1000][index]!);
      }
    });

    it('lists open jobs, oldest first', async () => {
      const { store } = place();
      const one = await submit(store, { visitor: 'ann' });
      const two = await submit(store, { visitor: 'bob' });
      const three = await submit(store, { visitor: 'ann' });
      await store.cancelJob(two.id);
      expect(await store.listOpenJobs(10)).toEqual([
        { id: one.id, visitor: 'ann' },
        { id: three.id, visitor: 'ann' },
      ]);
      expect(await store.listOpenJobs(1)).toEqual([{ id: one.id, visitor: 'ann' }]);
    });
  });
}
