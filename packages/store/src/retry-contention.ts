import { setTimeout as sleep } from 'node:timers/promises';
import { fullJitter } from '@tessera/runtime';
import { isContention } from './database-error.ts';

const TRIES = 6;
const BACKOFF = { firstMilliseconds: 10, maxMilliseconds: 200 };

/** Runs `work`, and again a few times when it was the victim of a deadlock or of a serialization failure. */
export async function retryContention<T>(work: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await work();
    } catch (error) {
      if (retry + 1 >= TRIES || !isContention(error)) throw error;
      await sleep(fullJitter(BACKOFF, retry, Math.random));
    }
  }
}
