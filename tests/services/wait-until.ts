import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks `condition` again and again until it answers true.
 *
 * @param options.ms how long to go on before failing with `what`.
 * @param options.every milliseconds between two questions.
 */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean> | boolean,
  options: { readonly ms: number; readonly every?: number },
): Promise<void> {
  const deadline = performance.now() + options.ms;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${String(options.ms)} ms.`);
    await delay(options.every ?? 100);
  }
}
