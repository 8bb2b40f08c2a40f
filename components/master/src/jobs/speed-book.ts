import type { StageKind, StagePace } from '@tessera/contracts';
import { speedSeen, type Speeds, type StageCost } from '@tessera/imaging';

/** Weight of the newest job among those seen. */
const NEWEST = 0.3;

/** Remembers what tasks of each kind took over what they were expected to take. */
export class SpeedBook {
  readonly #speeds = new Map<StageKind, number>();
  readonly #costs = new Map<string, readonly StageCost[]>();
  /** Stages that were counted, as `job/stage`. */
  readonly #counted = new Set<string>();

  speeds(): Speeds {
    return Object.fromEntries(this.#speeds);
  }

  /** Whether any task was seen. */
  get seen(): boolean {
    return this.#speeds.size > 0;
  }

  /** Over all kinds; 1 while nothing was seen. */
  mean(): number {
    const values = [...this.#speeds.values()];
    return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  watch(job: string, costs: readonly StageCost[]): void {
    if (!this.#costs.has(job)) this.#costs.set(job, costs);
  }

  /** Counts the stages that are done. */
  note(job: string, paces: readonly (StagePace | undefined)[]): void {
    for (const [n, cost] of (this.#costs.get(job) ?? []).entries()) {
      const pace = paces[n];
      const key = `${job}/${n}`;
      if (pace === undefined || pace.done < cost.tasks || this.#counted.has(key)) continue;
      this.#counted.add(key);
      this.#count(cost.kind, speedSeen(cost, pace));
    }
  }

  forget(job: string): void {
    for (const n of this.#costs.get(job)?.keys() ?? []) this.#counted.delete(`${job}/${n}`);
    this.#costs.delete(job);
  }

  #count(kind: StageKind, speed: number | undefined): void {
    if (speed === undefined || speed <= 0) return;
    const before = this.#speeds.get(kind);
    this.#speeds.set(kind, before === undefined ? speed : before * (1 - NEWEST) + speed * NEWEST);
  }
}
