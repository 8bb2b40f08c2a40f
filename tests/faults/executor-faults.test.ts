import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../services/wait-until.ts';
import { frozenAtWork } from './frozen-at-work.ts';
import { survivesAKill } from './survives-a-kill.ts';
import { long } from './long.ts';
import { heavyPicture, Scene } from './scene.ts';

const run = promisify(execFile);

describe('faults of executors', () => {
  let scene: Scene;
  let digest: string;
  beforeAll(async () => {
    scene = await Scene.start({ executors: 2, slots: 1 });
    digest = await scene.digestOfUndisturbed();
  });
  afterAll(() => scene.stop());

  it('SIGKILL in mid-task: another executor has the task, on a free machine within two seconds', async () => {
    const job = await scene.submit(1);
    await scene.underWay(job);
    const [victim] = scene.cluster.executors;
    if (!victim) throw new Error('no executor');
    const task = await frozenAtWork(victim, async () =>
      (await scene.client.tasks(job.id)).find(
        ({ executor, state }) => executor === 'executor-1' && state === 'running',
      ),
    );
    await victim.kill();
    const killed = performance.now();
    const same = async () =>
      (await scene.client.tasks(job.id)).find(({ stage, index }) => stage === task.stage && index === task.index);
    await waitUntil('another executor has the task', async () => (await same())?.executor === 'executor-2', {
      ms: 20_000,
      every: 20,
    });
    const seconds = (performance.now() - killed) / 1000;
    await scene.expectExact(job, digest);
    scene.cluster.startExecutor();
    await scene.cluster.waitForExecutors(2);
    await scene.expectClean();
    // Exact where the machine does nothing else.
    expect(seconds).toBeLessThan(long ? 2 : 15);
  });

  it('SIGKILL between the looks of operations that look several times: the picture and what was found are the same', async () => {
    const image = await scene.client.upload(await heavyPicture(3, 900), 'looks.png');
    const pipeline = [{ op: 'k-means', params: { k: 6, iterations: 4 } }, { op: 'canny-otsu' }];
    await survivesAKill(scene, image, pipeline);
  });

  it('SIGKILL of a decoding child: the executor lives and the job ends', async () => {
    const job = await scene.submit(2);
    const reference = await scene.client.ended(job.id);
    // Another picture for the executors: they have the first decoded already.
    const again = await scene.submit(2);
    await waitUntil('an image is being decoded', () => decodes(scene.cluster.folder), { ms: 20_000, every: 5 });
    const killed = await killDecoders(scene.cluster.executors.filter(({ running }) => running).map(({ pid }) => pid));
    expect(killed).toBeGreaterThan(0);
    await scene.expectExact(again, reference.result?.pixelDigest ?? '');
    expect(scene.cluster.executors.filter(({ running }) => running).length).toBe(2);
    await scene.expectClean();
  });

  it('SIGTERM under load: no new task, running ones end, no attempt is used up', async () => {
    const job = await scene.submit(1);
    await scene.underWay(job);
    const drained = scene.cluster.executors.find(({ running }) => running);
    if (!drained) throw new Error('no executor');
    scene.cluster.startExecutor();
    const started = performance.now();
    await drained.terminate();
    expect(performance.now() - started).toBeLessThan(long ? 30_000 : 90_000);
    await scene.expectExact(job, digest);
    const tasks = await scene.client.tasks(job.id);
    expect(tasks.every(({ attempts }) => attempts <= 1)).toBe(true);
    await scene.expectClean();
  });
});

/** Tells whether some executor's decoder is writing pixels right now. */
async function decodes(folder: string): Promise<boolean> {
  const files = await readdir(`${folder}/scratch`, { recursive: true }).catch(() => []);
  return files.some((file) => file.endsWith('.stored.v'));
}

/** Kills the decoding children of these processes. */
async function killDecoders(parents: readonly number[]): Promise<number> {
  let killed = 0;
  for (const parent of parents) {
    const children = await run('pgrep', ['-P', String(parent)]).catch(() => ({ stdout: '' }));
    for (const pid of children.stdout.split('\n').filter((line) => /^[1-9][0-9]+$/.test(line))) {
      if (killedNow(Number(pid))) killed++;
    }
  }
  return killed;
}

/** Kills a process that may have ended since it was listed. */
function killedNow(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
