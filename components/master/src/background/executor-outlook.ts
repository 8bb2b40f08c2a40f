import { strategySchema } from '@tessera/contracts';
import { KERNEL_VERSION } from '@tessera/imaging';
import type { Logger } from '@tessera/runtime';
import { waitsFor } from '../jobs/waits-for.ts';
import type { ExecutorRegistry } from './executor-registry.ts';
import { Repeat } from './repeat.ts';

/** Milliseconds between two looks; what lasts for a shorter time is told to nobody. */
const LOOK = 1000;
const JOB = { state: 'queued', working: false } as const;

export interface OutlookParts {
  readonly executors: Pick<ExecutorRegistry, 'takers' | 'kernels'>;
  readonly logger: Logger;
  /** What open jobs wait for is another than before. */
  readonly onChange: () => Promise<void>;
}

/** Notices when jobs begin to wait for an executor, and when they no longer do: no row changes by that. */
export class ExecutorOutlook {
  readonly #parts: OutlookParts;
  readonly #looking: Repeat;
  #told: string;

  constructor(parts: OutlookParts) {
    this.#parts = parts;
    this.#told = this.#look();
    this.#looking = new Repeat({
      name: 'outlook',
      milliseconds: LOOK,
      logger: parts.logger,
      round: () => this.check(),
    });
  }

  start(): void {
    this.#looking.start();
  }

  close(): Promise<void> {
    return this.#looking.close();
  }

  /** One look. */
  async check(): Promise<void> {
    const now = this.#look();
    if (now === this.#told) return;
    await this.#parts.onChange();
    this.#told = now;
  }

  #look(): string {
    const { executors } = this.#parts;
    const takers = executors.takers.bind(executors);
    const kernels = [...new Set([KERNEL_VERSION, ...executors.kernels()])];
    return kernels
      .flatMap((kernel) =>
        strategySchema.options.map((strategy) => {
          const waits = waitsFor({ ...JOB, strategy, plan: { kernel } }, takers) ?? 'nobody';
          return `${kernel}: ${waits}`;
        }),
      )
      .join();
  }
}
