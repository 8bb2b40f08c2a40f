import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild, type Child } from './contract/child-process.ts';
import { lockFolder } from './folder-lock.ts';

const LOCKER = new URL('./contract/lock-folder-process.ts', import.meta.url);

describe('lockFolder', { timeout: 120_000 }, () => {
  let folder: string;
  let children: Child[];
  const start = (...args: readonly string[]): Child => {
    const child = startChild(LOCKER, folder, ...args);
    children.push(child);
    return child;
  };
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'folder-lock-')), 'data');
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.kill('SIGKILL')));
    await rm(join(folder, '..'), { recursive: true });
  });

  it('locks a folder once within a process, and again after its release', async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'DATA_FOLDER_LOCKED',
      message: expect.stringContaining(`pid ${String(process.pid)} on `),
    });
    await first.release();
    await first.release();
    const second = await lockFolder(folder);
    await second.release();
    expect(await readdir(folder)).toEqual(['.lock']);
  });

  it('names the process that holds the folder', async () => {
    const child = start();
    await child.line(/^locked$/);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'DATA_FOLDER_LOCKED',
      message: expect.stringMatching(
        new RegExp(`^Another process \\(pid ${String(child.pid)} on .+\\) uses the data folder ${folder}\\.`),
      ),
    });
    await expect(start().line(/DATA_FOLDER_LOCKED/)).resolves.toContain(`pid ${String(child.pid)} on `);
  });

  it('is free at once when its holder was killed, but not when it stands still', async () => {
    const child = start();
    await child.line(/^locked$/);
    process.kill(child.pid, 'SIGSTOP');
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    await child.kill('SIGKILL');
    expect(await readdir(folder)).toContain('.lock-owner');
    const lock = await lockFolder(folder);
    await lock.release();
  });

  it('goes to exactly one of twenty processes that race for the folder of a killed one', async () => {
    const holder = start();
    await holder.line(/^locked$/);
    await holder.kill('SIGKILL');
    const go = join(folder, '..', 'go');
    const racers = Array.from({ length: 20 }, () => start(go));
    await Promise.all(racers.map((racer) => racer.line(/^ready$/)));
    await writeFile(go, '');
    const answers = await Promise.all(racers.map((racer) => racer.line(/locked|DATA_FOLDER_LOCKED|failed/)));
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
    expect(answers.filter((answer) => answer.startsWith('DATA_FOLDER_LOCKED'))).toHaveLength(19);
  });

  it('does not repeat what somebody else wrote into the folder', async () => {
    const lock = await lockFolder(folder);
    await writeFile(join(folder, '.lock-owner'), 'anything\nelse');
    await expect(lockFolder(folder)).rejects.toMatchObject({
      message: `Another process uses the data folder ${folder}. Stop it first, or choose another folder.`,
    });
    await lock.release();
  });

  it('says when the folder can not be used', async () => {
    const file = join(folder, '..', 'file');
    await writeFile(file, '');
    await expect(lockFolder(join(file, 'data'))).rejects.toMatchObject({ name: 'AppError', code: 'INVALID_CONFIG' });
  });
});
