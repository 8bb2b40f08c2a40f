import type { Site } from './site.contract.ts';

/** A site whose master, or all that it is, dies and comes back with what it had stored. */
export interface MortalSite extends Site {
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, and waits until it is ready. */
  start(): Promise<void>;
  /** Process of the master that runs. */
  pid(): number;
}

export type StartMortalSite = (settings?: Readonly<Record<string, string>>) => Promise<MortalSite>;
