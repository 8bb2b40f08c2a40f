import { readFileSync } from 'node:fs';
import { cpus, hostname } from 'node:os';
import { MESSAGE_VERSION, type Presence } from '@tessera/contracts';
import { KERNEL_VERSION } from '@tessera/imaging';
import type { Broker } from '@tessera/queue';

export interface PresenceOptions {
  readonly broker: Broker;
  readonly executor: string;
  readonly slots: number;
  readonly intervalMilliseconds: number;
  /** What changes from beat to beat. */
  readonly state: () => Pick<Presence, 'draining' | 'tasks'>;
}

interface CpuTimes {
  readonly busy: number;
  readonly total: number;
}

/** Share of all cores' time that was not idle between two readings. */
function cpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { total, busy: total - times.reduce((sum, { idle }) => sum + idle, 0) };
}

/** Version of this program. */
const { version: VERSION } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The heartbeat: tells the masters that this executor lives and what it works on. */
export class PresenceBeat {
  readonly #options: PresenceOptions;
  #timer: NodeJS.Timeout | undefined;
  #last = cpuTimes();
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
    const { broker, executor, slots, state } = this.#options;
    const now = cpuTimes();
    const elapsed = now.total - this.#last.total;
    const load = elapsed > 0 ? (now.busy - this.#last.busy) / elapsed : 0;
    if (elapsed > 0) this.#last = now;
    const presence: Presence = {
      v: MESSAGE_VERSION,
      executor,
      host: hostname(),
      pid: process.pid,
      kernel: KERNEL_VERSION,
      version: VERSION,
      startedAt: this.#startedAt,
      cores: cpus().length,
      slots,
      load,
      memoryBytes: process.memoryUsage.rss(),
      ...state(),
    };
    broker.broadcast('presence', presence);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
