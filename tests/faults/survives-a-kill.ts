import type { JobDto, TaskDto } from '@tessera/contracts';
import { expect } from 'vitest';
import type { NodeProcess } from '../cluster/node-process.ts';
import type { JobWish } from '../cluster/site-client.ts';
import { waitUntil } from '../services/wait-until.ts';
import { frozenAtWork } from './frozen-at-work.ts';
import type { Scene } from './scene.ts';

/** Share of the work after which an executor is killed. */
const MIDDLE = 0.15;

/**
 * Runs a pipeline on an image, split and verified, and kills an executor in the midst of one of its tasks; starts another
 * one for it afterwards. The job ends nevertheless, with the pixels and the reports of an unsplit run.
 */
export async function survivesAKill(
  scene: Scene,
  image: string,
  pipeline: JobWish['pipeline'],
  ms = 120_000,
  output: JobWish['output'] = { format: 'png' },
): Promise<JobDto> {
  const { client, cluster } = scene;
  const wish = { pipeline, output, split: 'always', verify: true } as const;
  const { id } = await client.submit(image, wish);
  await waitUntil('the job is in its midst', async () => (await client.job(id)).progress.share >= MIDDLE, {
    ms,
    every: 20,
  });
  const [victim, name] = await anyAtWork(scene, id);
  await frozenAtWork(victim, () => taskOf(scene, id, name));
  await victim.kill();
  cluster.startExecutor();
  const job = await client.ended(id, ms);
  expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done', result: { verified: true } });
  expect((await client.tasks(id)).some(({ attempts }) => attempts > 1)).toBe(true);
  return job;
}

/** An executor that has a task of the job, and its name. */
async function anyAtWork(scene: Scene, job: string): Promise<readonly [NodeProcess, string]> {
  let found: readonly [NodeProcess, string] | undefined;
  await waitUntil(
    'somebody works',
    async () => {
      for (const [n, executor] of scene.cluster.executors.entries()) {
        const name = `executor-${String(n + 1)}`;
        if (executor.running && (await taskOf(scene, job, name))) found = [executor, name];
      }
      return found !== undefined;
    },
    { ms: 60_000, every: 10 },
  );
  if (!found) throw new Error('nobody works');
  return found;
}

async function taskOf({ client }: Scene, job: string, name: string): Promise<TaskDto | undefined> {
  return (await client.tasks(job)).find(({ executor, state }) => executor === name && state === 'running');
}
