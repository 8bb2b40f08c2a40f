import { readFileSync } from 'node:fs';
import { cpus, hostname } from 'node:os';
import { MESSAGE_VERSION, type Presence } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';

export interface PresenceOptions {
  readonly broker: Broker;
  readonly executor: string;
  /** Version of the pixels that it makes. */
  readonly kernel: string;
  readonly slots: number;
  readonly intervalMilliseconds: number;
  /** What changes from beat to beat. */
  readonly state: () => Pick<Presence, 'draining' | 'load' | 'tasks' | 'inbox' | 'willing' | 'unwillingFor'>;
}

/** Version of this program. */
const { version: VERSION } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The heartbeat: tells the masters that this executor lives and what it works on. */
export class PresenceBeat {
  readonly #options: PresenceOptions;
  #timer: NodeJS.Timeout | undefined;
  readonly #startedAt = new Date().toISOString();

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  start(): void {
    this.beat();
    this.#timer = setInterval(() => this.beat(), this.#options.intervalMilliseconds);
  }

  /** Sends one heartbeat now. */
  beat(): void {
    const { broker, executor, kernel, slots, state } = this.#options;
    const presence: Presence = {
      v: MESSAGE_VERSION,
      executor,
      host: hostname(),
      pid: process.pid,
      kernel,
      version: VERSION,
      startedAt: this.#startedAt,
      cores: cpus().length,
      slots,
      memoryBytes: process.memoryUsage.rss(),
      ...state(),
    };
    broker.broadcast('presence', presence);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
