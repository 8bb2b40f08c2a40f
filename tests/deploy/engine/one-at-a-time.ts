import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { leaveLastWill } from '../../services/last-will.ts';

const folder = fileURLToPath(new URL('../../../.cache/locks', import.meta.url));

/** Runs `work` while no other test process runs work of the same name: what one makes the next one finds. */
export async function oneAtATime<Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, name);
  for (;;) {
    const [failure] = await Promise.allSettled([mkdir(lock)]);
    if (failure.status === 'fulfilled') break;
    if ((failure.reason as NodeJS.ErrnoException).code !== 'EEXIST') throw failure.reason;
    await delay(300);
  }
  const withdraw = leaveLastWill('rmdir "$1"', lock);
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true });
    withdraw();
  }
}
