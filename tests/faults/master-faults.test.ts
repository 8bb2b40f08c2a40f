import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scene } from './scene.ts';

describe('faults of masters and their database', () => {
  let scene: Scene;
  let digest: string;
  beforeAll(async () => {
    scene = await Scene.start({ executors: 2, slots: 1 });
    digest = await scene.digestOfUndisturbed();
  });
  afterAll(async () => {
    await scene.stop();
  });

  it('PostgreSQL is restarted, then killed, under load', async () => {
    const job = await scene.submit(1);
    await scene.underWay(job);
    await scene.database.restart();
    await scene.underWay(job, 2);
    await scene.database.kill();
    await scene.database.start();
    await scene.expectExact(job, digest);
    await scene.expectClean();
  });

  it.each(['before-publish', 'after-publish'] as const)('SIGKILL of the master: %s', async (point) => {
    await scene.cluster.master.terminate();
    await scene.cluster.startMaster({ FAIL_POINT: point });
    const job = await scene.submit(1);
    await scene.cluster.masterDied();
    await scene.cluster.startMaster();
    await scene.expectExact(job, digest);
    await scene.expectClean();
  });

  it('SIGKILL of the master before the last commit', async () => {
    await scene.cluster.master.terminate();
    await scene.cluster.startMaster({ FAIL_POINT: 'before-last-commit' });
    const job = await scene.submit(1);
    await scene.cluster.masterDied();
    const [row] = await scene.query<{ state: string }>(`SELECT state FROM jobs WHERE id = '${job.id}'`);
    expect(row?.state).toBe('running');
    await scene.cluster.startMaster();
    await scene.expectExact(job, digest);
    await scene.expectClean();
  });
});
