/** CRC-32 of stored objects by their keys, as many as fit: who resumes a download need not read the beginning again. */
export class Checksums {
  readonly #known = new Map<string, number>();
  readonly #most: number;

  constructor(most = 50_000) {
    this.#most = most;
  }

  find(key: string): number | undefined {
    return this.#known.get(key);
  }

  keep(key: string, crc: number): void {
    this.#known.delete(key);
    this.#known.set(key, crc);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.#known.delete(oldest);
  }
}
