/** Keeps the newest so many values. */
export class Ring<T> {
  readonly #values: T[] = [];
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(value: T): void {
    this.#values.push(value);
    if (this.#values.length > this.#capacity) this.#values.shift();
  }

  /** Oldest first. */
  get values(): readonly T[] {
    return this.#values;
  }
}
