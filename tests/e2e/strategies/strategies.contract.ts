import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto, TaskDto } from '@tessera/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { long } from '../long.ts';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';

export interface SiteExecutor {
  /** Lets it end in order. */
  stop(): Promise<void>;
  /** Ends its process with no chance to say a word; absent where all share one process. */
  readonly kill?: () => Promise<void>;
}

/** A site without executors, and what starts some. */
export interface StrategySite {
  readonly url: string;
  /** Starts an executor with two slots that beats twice a second, and waits until the site knows it. */
  startExecutor(id: string, env?: Readonly<Record<string, string>>): Promise<SiteExecutor>;
  /** Text of /metrics. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

/** Variables of the masters of such sites: an executor is missed soon. */
export const MASTER_ENVIRONMENT = { EXECUTOR_GONE_SECONDS: '3' };

const UNWILLING = { EXECUTOR_LOAD_PROBABILITY: '1' };
const slow = (milliseconds: number): Readonly<Record<string, string>> => ({
  EXECUTOR_LOAD_PROBABILITY: '1',
  EXECUTOR_LOAD_DELAY_MILLISECONDS: String(milliseconds),
});

const photo = fileURLToPath(new URL('../../../fixtures/photos/chelsea.png', import.meta.url));

/** How tasks find executors, and what becomes of them where executors are unwilling or die. */
export function strategiesContract(
  name: string,
  start: () => Promise<StrategySite>,
  { kills }: { readonly kills: boolean },
): void {
  // On real servers the short form runs what only they can show.
  const short = kills && !long;
  describe(`strategies (${name})`, () => {
    let site: StrategySite;
    let client: SiteClient;
    let image: string;
    const executors: SiteExecutor[] = [];
    beforeAll(async () => {
      site = await start();
      client = new SiteClient(site.url);
      image = await client.upload(await readFile(photo), 'chelsea.png');
    });
    afterAll(() => site.stop());
    afterEach(async () => {
      await Promise.all(executors.splice(0).map((executor) => executor.stop()));
    });

    const executor = async (id: string, env: Readonly<Record<string, string>> = {}): Promise<SiteExecutor> => {
      const started = await site.startExecutor(id, env);
      executors.push(started);
      return started;
    };
    const submit = (strategy: 'balanced' | 'random', split: 'always' | 'never' = 'never'): Promise<JobDto> =>
      client.submit(image, { pipeline: [{ op: 'invert' }], output: { format: 'png' }, strategy, split });
    const submitMany = (strategy: 'balanced' | 'random', count: number): Promise<readonly JobDto[]> =>
      Promise.all(Array.from({ length: count }, () => submit(strategy)));
    /** Waits until all are done, and gives their tasks. */
    const done = async (jobs: readonly JobDto[]): Promise<readonly TaskDto[]> => {
      const tasks: TaskDto[] = [];
      for (const { id } of jobs) {
        const ended = await client.ended(id);
        expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' });
        tasks.push(...(await client.tasks(id)));
      }
      return tasks;
    };
    const waits = (job: JobDto, reason: JobDto['waitsFor']): Promise<void> =>
      waitUntil(`the job waits for ${String(reason)}`, async () => (await client.job(job.id)).waitsFor === reason, {
        ms: 60_000,
      });
    /** Task messages published since the start of the master. */
    const published = async (): Promise<number> =>
      [...(await site.metrics()).matchAll(/^tessera_tasks_published_total\{[^}]*\} (\d+)/gm)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );

    it('random: tasks spread over all executors', async () => {
      for (const id of ['spread-0', 'spread-1', 'spread-2']) await executor(id);
      const tasks = await done(await submitMany('random', 60));
      const shares = Object.values(Object.groupBy(tasks, (task) => task.executor ?? '')).map((own) => own?.length);
      // Of 60 fair draws one of three gets fewer than 7 once in 40 000 times.
      expect(shares).toHaveLength(3);
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(7);
      expect(tasks.every(({ attempts }) => attempts === 1)).toBe(true);
    });

    it.skipIf(short)('random and split: the regions of one picture spread, and the result is the same', async () => {
      for (const id of ['split-0', 'split-1', 'split-2']) await executor(id);
      const random = await submit('random', 'always');
      const balanced = await submit('balanced', 'always');
      await done([random, balanced]);
      const [one, other] = [await client.job(random.id), await client.job(balanced.id)];
      expect([one.strategy, other.strategy]).toEqual(['random', 'balanced']);
      expect(one.result?.pixelDigest).toBe(other.result?.pixelDigest);
    });

    if (kills) {
      it('random: an executor killed in the middle of its work costs the attempts it ran, no more', async () => {
        const victim = await executor('victim', slow(1500));
        for (const id of ['heir-0', 'heir-1']) await executor(id, slow(200));
        const jobs = await submitMany('random', 24);
        const running = async (): Promise<readonly string[]> => {
          const all = await Promise.all(jobs.map(async ({ id }) => ({ id, tasks: await client.tasks(id) })));
          return all.flatMap(({ id, tasks }) =>
            tasks.some((task) => task.state === 'running' && task.executor === 'victim') ? [id] : [],
          );
        };
        await waitUntil('the victim works', async () => (await running()).length > 0, { ms: 60_000 });
        await victim.kill?.();
        // What it said last arrives.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const lost = new Set(await running());
        const killed = performance.now();
        const tasks = await Promise.all(jobs.map(async (job) => ({ id: job.id, tasks: await done([job]) })));
        const seconds = (performance.now() - killed) / 1000;
        for (const { id, tasks: own } of tasks) {
          expect(own.map(({ attempts }) => attempts)).toEqual([lost.has(id) ? 2 : 1]);
        }
        // Missed after 3 s, looked for every 2 s, and the work itself.
        expect(seconds).toBeLessThan(long ? 60 : 150);
      });
    }

    it.skipIf(short).each(['balanced', 'random'] as const)(
      '%s: what one executor turns away another does',
      async (strategy) => {
        await executor('unwilling', UNWILLING);
        await executor('willing');
        const tasks = await done(await submitMany(strategy, 12));
        expect(new Set(tasks.map((task) => task.executor))).toEqual(new Set(['willing']));
        expect(tasks.every(({ attempts }) => attempts === 1)).toBe(true);
      },
    );

    it.skipIf(short)('where nobody is willing nothing spins, jobs say so, and go on when somebody is', async () => {
      await executor('unwilling-0', UNWILLING);
      await executor('unwilling-1', UNWILLING);
      const jobs = [...(await submitMany('balanced', 6)), ...(await submitMany('random', 6))];
      for (const job of jobs) await waits(job, 'willing-executor');
      const [before, begun] = [await published(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, long ? 10_000 : 5000));
      const perSecond = ((await published()) - before) / ((performance.now() - begun) / 1000);
      // Each task waits longer from time to time; what spins does so hundreds of times a second.
      expect(perSecond / jobs.length).toBeLessThan(1);
      for (const job of jobs) {
        expect(await client.job(job.id)).toMatchObject({ state: 'queued' });
        expect((await client.tasks(job.id)).every(({ attempts }) => attempts === 0)).toBe(true);
      }
      await executor('helper');
      const tasks = await done(jobs);
      expect(new Set(tasks.map((task) => task.executor))).toEqual(new Set(['helper']));
      expect(tasks.every(({ attempts }) => attempts === 1)).toBe(true);
    });

    it.skipIf(short)('where nobody lives jobs say so, and go on when somebody comes', async () => {
      const jobs = [await submit('balanced'), await submit('random')];
      for (const job of jobs) await waits(job, 'executor');
      await executor('first');
      await done(jobs);
      for (const { id } of jobs) expect((await client.job(id)).waitsFor).toBeUndefined();
    });
  });
}
