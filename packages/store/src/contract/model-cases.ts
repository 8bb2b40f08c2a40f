import type { TaskMessage } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lawRuns } from '../../../../tests/services/law-runs.ts';
import type { JobRow, JobStore, TaskRow } from '../job-store.ts';
import { POLICY, empty, planOf, publish, runAll, submit, tell, type StorePlace } from './job-fixture.ts';

const FINAL = ['done', 'failed', 'cancelled'];
const IN_FLIGHT = ['ready', 'publishing', 'published', 'running'];

/** One step of a history; `pick` chooses among what there is. */
const step = fc.record({
  does: fc.oneof(
    { weight: 2, arbitrary: fc.constant('insert' as const) },
    { weight: 4, arbitrary: fc.constantFrom('claim' as const, 'publish' as const) },
    { weight: 4, arbitrary: fc.constant('started' as const) },
    { weight: 6, arbitrary: fc.constant('done' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('failed' as const, 'poisoned' as const, 'returned' as const, 'unwilling' as const),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom('mark' as const, 'unclaim' as const, 'duplicate' as const, 'send' as const),
    },
    { weight: 2, arbitrary: fc.constantFrom('cancel' as const, 'redrive' as const, 'dead' as const) },
    { weight: 2, arbitrary: fc.constantFrom('revive' as const, 'republish' as const, 'revive sent' as const) },
  ),
  pick: fc.nat(),
  redelivered: fc.nat({ max: 1 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  readonly store: JobStore;
  readonly jobs: string[];
  /** All messages ever published: any of them may be delivered again at any time. */
  readonly messages: TaskMessage[];
  readonly events: Parameters<JobStore['applyEvent']>[0][];
}

async function perform(world: World, { does, pick, redelivered }: Step): Promise<void> {
  const { store, jobs, messages, events } = world;
  const job = jobs[pick % Math.max(jobs.length, 1)];
  const message = messages[pick % Math.max(messages.length, 1)];
  const event = events[pick % Math.max(events.length, 1)];
  if (does === 'insert') {
    const stages = [[], ['assemble'], ['assemble', 'verify']] as const;
    const plan = planOf((pick % 3) + 1, ...stages[pick % stages.length]!);
    jobs.push((await submit(store, { visitor: `visitor-${String(pick % 2)}`, plan })).id);
  } else if (does === 'claim' || does === 'publish') {
    const limits = { limit: (pick % 4) + 1, perJob: 2, inFlight: 5, maxAttempts: 3 };
    const claimed = does === 'claim' ? await store.claimTasks(limits) : await publish(store, limits);
    messages.push(...claimed);
  } else if (does === 'revive') {
    await store.reviveTasks({ publishingSeconds: 0, runningSeconds: 0 });
  } else if (does === 'republish') {
    await store.republishAll({ running: pick % 2 === 0 });
  } else if (does === 'revive sent') {
    const inboxes = pick % 2 === 0 ? [] : ['inbox-0'];
    await store.reviveSent({ inboxes, held: [], publishedSeconds: 0, runningSeconds: 0 });
  } else if (does === 'duplicate') {
    if (event !== undefined) await store.applyEvent(event, POLICY);
  } else if (does === 'cancel' || does === 'redrive') {
    if (job !== undefined) await (does === 'cancel' ? store.cancelJob(job) : store.redriveJob(job));
  } else if (message !== undefined) {
    const attempt = message.attempts + 1 + redelivered;
    if (does === 'send') await store.noteSent([{ task: message.task, inbox: `inbox-${String(pick % 2)}` }]);
    else if (does === 'mark') await store.markPublished([message.task]);
    else if (does === 'unclaim') await store.unclaimTasks([message.task]);
    else if (does === 'dead') await store.failDead(message.task, message.attempts + 4);
    else {
      const told =
        does === 'poisoned'
          ? tell(message, { type: 'failed', attempt, retryable: false })
          : does === 'unwilling'
            ? tell(message, { type: 'returned', attempt, code: 'EXECUTOR_UNWILLING' })
            : tell(message, { type: does, attempt });
      events.push(told);
      await store.applyEvent(told, POLICY);
    }
  }
}

interface Look {
  readonly job: JobRow;
  readonly tasks: readonly TaskRow[];
}

async function look({ store, jobs }: World): Promise<ReadonlyMap<string, Look>> {
  const looks = new Map<string, Look>();
  for (const id of jobs) {
    const job = await store.getJob(id);
    if (job !== undefined) looks.set(id, { job, tasks: await store.getTasks(id) });
  }
  return looks;
}

/** What must hold for a job at any time. */
function check({ job, tasks }: Look): void {
  const stages = job.plan.stages.length;
  const begun = Math.min(job.stage, stages - 1);
  const expected = job.plan.stages.slice(0, begun + 1).flatMap((stage, n) => Array(stage.tasks).fill(n) as number[]);
  expect(
    tasks.map(({ stage }) => stage),
    'each stage was inserted once',
  ).toEqual(expected);
  const doneOf = (n: number): number => tasks.filter(({ stage, state }) => stage === n && state === 'done').length;
  expect(job.stagesDone, 'the count is right').toEqual(job.plan.stages.map((_, n) => doneOf(n)));
  expect(job.state === 'done').toBe(job.stage === stages);
  expect(job.result !== null).toBe(job.state === 'done');
  expect(job.error !== null).toBe(job.state === 'failed');
  expect(job.finishedAt !== null).toBe(FINAL.includes(job.state));
  const open = tasks.filter(({ state }) => IN_FLIGHT.includes(state));
  expect(open.length > 0, 'an open job has an open task, an ended one has none').toBe(!FINAL.includes(job.state));
  expect(open.every(({ stage }) => stage === job.stage)).toBe(true);
  if (job.state === 'failed') expect(tasks.filter(({ state }) => state === 'failed')).toHaveLength(1);
  for (const task of tasks) expect(task.attempts).toBeGreaterThanOrEqual(0);
}

/** What a step may change. */
function checkStep(before: Look, after: Look, { does }: Step): void {
  expect(after.job.stage).toBeGreaterThanOrEqual(before.job.stage);
  if (FINAL.includes(before.job.state) && after.job.state !== before.job.state) {
    expect([does, before.job.state, after.job.state]).toEqual(['redrive', 'failed', 'running']);
  }
  if (before.job.result !== null) expect(after.job).toEqual(before.job);
  for (const task of before.tasks) {
    const now = after.tasks.find(({ id }) => id === task.id);
    if (FINAL.includes(task.state) && now?.state !== task.state) {
      expect([does, task.state === 'done', now?.state]).toEqual(['redrive', false, 'ready']);
    }
  }
}

/** Whatever happens in whatever order, the jobs stay in a legal state and can be brought to an end. */
export function modelCases(place: () => StorePlace): void {
  describe('any history', () => {
    it('leaves every job legal, and none stuck', { timeout: 300_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
          const { store, database } = place();
          await empty(database);
          const world: World = { store, jobs: [], messages: [], events: [] };
          let before: ReadonlyMap<string, Look> = new Map();
          for (const one of steps) {
            await perform(world, one);
            const after = await look(world);
            for (const [id, now] of after) {
              check(now);
              const then = before.get(id);
              if (then !== undefined) checkStep(then, now, one);
            }
            before = after;
          }
          const openBefore = [...before.values()].filter(({ job }) => !FINAL.includes(job.state));
          await store.republishAll({ running: true });
          await runAll(store);
          const after = await look(world);
          for (const now of after.values()) {
            check(now);
            expect(FINAL).toContain(now.job.state);
          }
          // Only attempts that were used up before may keep a job from its result.
          for (const { job } of openBefore) {
            const now = after.get(job.id)?.job;
            if (now?.state !== 'done') expect(now?.error?.code).toBe('ATTEMPTS_EXHAUSTED');
          }
        }),
        { numRuns: lawRuns(12, 100) },
      );
    });
  });
}
