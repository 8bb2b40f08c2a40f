import { machineLook, type MachineLook } from '../../theme/machine-color.ts';

const KEY = 'tessera-machines';
/** Machines that are remembered; then letters begin anew. */
const MOST = 400;

/** Gives each machine a letter and a colour that it keeps on all pages and over visits of this browser. */
export class MachineMemory {
  readonly #storage: Storage | undefined;
  #places: Map<string, number>;

  /** @param storage undefined where the browser allows none; letters are then kept until the page is left. */
  constructor(storage: Storage | undefined) {
    this.#storage = storage;
    this.#places = new Map(
      (storage?.getItem(KEY) ?? '')
        .split('\n')
        .filter(Boolean)
        .map((name, n) => [name, n]),
    );
  }

  /** Machines that come together are lettered by their names, so that every browser begins alike. */
  meet(executors: readonly string[]): void {
    const strangers = [...new Set(executors)].filter((name) => !this.#places.has(name)).sort();
    if (strangers.length === 0) return;
    if (this.#places.size + strangers.length > MOST) this.#places = new Map();
    for (const name of strangers) this.#places.set(name, this.#places.size);
    try {
      this.#storage?.setItem(KEY, [...this.#places.keys()].join('\n'));
    } catch {
      // Without room the letters last as long as the page.
    }
  }

  look(executor: string): MachineLook {
    this.meet([executor]);
    return machineLook(this.#places.get(executor) ?? 0);
  }
}
