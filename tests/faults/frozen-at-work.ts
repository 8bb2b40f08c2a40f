import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../services/wait-until.ts';

/**
 * Stops a process at a moment in which it has a task, and returns that task: one that is only read from a list may be
 * finished before the signal arrives.
 */
export async function frozenAtWork<T>(
  victim: { readonly pid: number },
  taskOf: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    await waitUntil('the victim works', async () => (await taskOf()) !== undefined, { ms: 20_000, every: 10 });
    process.kill(victim.pid, 'SIGSTOP');
    // What it had said before it stopped is written down by then.
    await delay(300);
    const task = await taskOf();
    if (task) return task;
    process.kill(victim.pid, 'SIGCONT');
  }
  throw new Error('The victim was never stopped in mid-task: make the job heavier.');
}
