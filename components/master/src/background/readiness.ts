import type { readinessSchema } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import type { z } from 'zod';

/** Milliseconds that a part may take to answer. */
const TIMEOUT = 1500;

type State = z.output<typeof readinessSchema>;
export type Readiness = () => Promise<State>;

/** Asks every part that the master stands on. Details are codes only, for anybody may read them. */
export function createReadiness(parts: {
  broker: Broker;
  store: JobStore;
  objects: ObjectStore;
  stopping: () => boolean;
}): Readiness {
  return async () => {
    const [database, objects] = await Promise.all([
      ask(parts.store.ping()),
      ask(parts.objects.ping({ signal: AbortSignal.timeout(TIMEOUT) })),
    ]);
    const { connected, blocked } = parts.broker.status();
    const broker =
      connected && !blocked ? { ready: true } : { ready: false, detail: blocked ? 'blocked' : 'BROKER_UNAVAILABLE' };
    const stopping = parts.stopping();
    const process = stopping ? { ready: false, detail: 'SHUTTING_DOWN' } : { ready: true };
    const all = { process, broker, database, objects };
    return { ready: Object.values(all).every(({ ready }) => ready), parts: all };
  };
}

async function ask(answer: Promise<void>): Promise<{ ready: boolean; detail?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('REQUEST_TIMEOUT')), TIMEOUT);
  });
  try {
    await Promise.race([answer, late]);
    return { ready: true };
  } catch (error) {
    return { ready: false, detail: AppError.from(error).code };
  } finally {
    clearTimeout(timer);
  }
}
