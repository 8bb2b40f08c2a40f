import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../cluster/site-client.ts';
import { Scene, heavyPicture } from '../../faults/scene.ts';
import type { ProvidedS3 } from '../../services/provided.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { long } from '../engine/long.ts';
import { BackupScript } from './backup-script.ts';

/** Pixels on a side of the picture that is worked on during the backup, and the number of finished small ones. */
const [SIDE, SMALL] = long ? [6000, 40] : [1200, 3];

describe('a site is lost and put back from a backup', () => {
  let scene: Scene;
  let folder: TemporaryFolder;
  let backups: string;
  let script: BackupScript;
  let s3: ProvidedS3;
  let finished: { job: JobDto; sha256: string }[];
  let heavy: JobDto;
  let digest: string | undefined;
  let objects: number;
  const signalExecutors = (signal: NodeJS.Signals): void => {
    for (const { pid } of scene.cluster.executors) process.kill(pid, signal);
  };
  const copyOf = (job: JobDto): string => join(backups, 'objects/results', `${job.id}.png`);

  beforeAll(async () => {
    scene = await Scene.start({ executors: 2, slots: 1 });
    folder = await createTemporaryFolder('rehearsal');
    backups = join(folder.path, 'backups');
    s3 = await scene.objects.provide('tessera');
    script = await BackupScript.create(folder.path, { databaseUrl: scene.database.url, s3 });
    finished = [];
    for (let seed = 1; seed <= SMALL; seed++) {
      const image = await scene.client.upload(await heavyPicture(seed, 300), `Straße ${String(seed)}.png`);
      const wish = { pipeline: [{ op: 'canny' }], output: { format: 'png' } };
      const { id } = await scene.client.submit(image, wish);
      const job = await scene.client.ended(id);
      finished.push({ job, sha256: sha256(await scene.client.result(id)) });
    }
    // An equal job has no result of its own.
    const [first] = finished;
    const wish = { pipeline: [{ op: 'canny' }], output: { format: 'png' }, reuse: true };
    const again = await scene.client.submit(first!.job.image.id, wish);
    expect(again.result?.reused).toBe(true);
    finished.push({ job: again, sha256: first!.sha256 });
  });
  afterAll(async () => {
    await scene.stop();
    await folder.remove();
  });

  it('is backed up while it works, and again with little to copy', async () => {
    heavy = await scene.submit(7, SIDE);
    await scene.underWay(heavy);
    // Not over before the backup, however fast the machine is.
    signalExecutors('SIGSTOP');
    const picture = await heavyPicture(99, 200);
    const [first] = await Promise.all([
      script.ok('backup', backups),
      ...[1, 2, 3].map((n) => scene.client.upload(picture, `meanwhile-${String(n)}.png`)),
    ]);
    signalExecutors('SIGCONT');
    // An image and a result of each, the heavy image, some of the last; the equal job has no result of its own.
    objects = Number(/^(\d+) objects, \1 of them new/.exec(first)?.[1]);
    expect(objects).toBeGreaterThanOrEqual(2 * SMALL + 1);
    expect(objects).toBeLessThanOrEqual(2 * SMALL + 4);
    const second = await script.ok('backup', backups);
    expect(second).toMatch(/^\d+ objects, [0-4] of them new/);
    const stamps = (await script.ok('list', backups)).trim().split('\n');
    expect(stamps).toEqual([first, second].map((text) => text.trim().split('\n').at(-1)));
    // What is put back later is the first one, in which the heavy job was not done.
    expect(await script.ok('verify', backups, stamps[0]!)).toMatch(/ 0 not as they should be/);
    expect(await script.ok('verify-site', backups)).toMatch(/ 0 not as they should be/);
    expect((await stat(backups)).mode & 0o077).toBe(0);
    const ended = await scene.client.ended(heavy.id);
    expect(ended).toMatchObject({ state: 'done' });
    digest = ended.result?.pixelDigest;
  });

  it('says what is damaged', async () => {
    const path = copyOf(finished[0]!.job);
    const whole = await readFile(path);
    const changed = Buffer.from(whole);
    changed[100]! ^= 1;
    await writeFile(path, changed);
    const result = await script.run('verify', backups);
    expect(result.ok).toBe(false);
    expect(result.stderr).toContain(`results/${finished[0]!.job.id}.png holds other bytes than it should.`);
    await truncate(path, 50);
    expect((await script.run('verify', backups)).stderr).toContain('.png has 50 bytes, not ');
    // A copy of the wrong length is made again; one of the right length is trusted, which is what verify is for.
    expect(await script.ok('backup', backups)).toMatch(/objects, [1-3] of them new/);
    expect(await readFile(path)).toEqual(whole);
    await script.ok('verify', backups);
  });

  it('is not overwritten by mistake', async () => {
    expect(await script.run('restore', backups)).toMatchObject({
      ok: false,
      stderr: expect.stringContaining('A master is still at work on the database') as unknown,
    });
    await scene.cluster.master.terminate();
    expect(await script.run('restore', backups)).toMatchObject({
      ok: false,
      stderr: expect.stringContaining('The database is not empty') as unknown,
    });
  });

  it('comes back: finished jobs with the same files, unfinished ones finish, with a broker that knows nothing', async () => {
    await Promise.all(scene.cluster.executors.map((executor) => executor.kill()));
    await Promise.all([scene.database.wipe(), scene.objects.wipe(), scene.broker.wipe()]);
    await Promise.all([scene.database.start(), scene.objects.start(), scene.broker.start()]);
    await scene.objects.provide('tessera');
    const [oldest] = (await script.ok('list', backups)).split('\n');
    expect(await script.ok('restore', backups, oldest!)).toMatch(
      new RegExp(
        `^${String(objects)} objects put back\n1 unfinished jobs begin anew\n${String(objects)} objects read, 0 not`,
      ),
    );
    await scene.cluster.startMaster();
    scene.cluster.startExecutor();
    scene.cluster.startExecutor();
    for (const { job, sha256: expected } of finished) {
      expect((await scene.client.job(job.id)).result).toEqual(job.result);
      expect(sha256(await scene.client.result(job.id))).toBe(expected);
    }
    // The visitor is known by the cookie of before.
    const { jobs } = await scene.client.json<{ jobs: JobDto[] }>('/jobs?limit=100');
    expect(jobs.map(({ id }) => id)).toEqual([heavy, ...finished.map(({ job }) => job).reverse()].map(({ id }) => id));
    const ended = await scene.client.ended(heavy.id);
    expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' });
    expect(ended.result?.pixelDigest).toBe(digest);
    await scene.expectClean();
  });

  it('goes on being backed up; old backups and what only they had can go', async () => {
    await script.ok('backup', backups);
    expect(await script.ok('prune', backups, '1')).toMatch(/^3 backups and \d+ objects removed/);
    await script.ok('verify', backups);
    expect((await script.ok('list', backups)).trim().split('\n')).toHaveLength(1);
  });
});
