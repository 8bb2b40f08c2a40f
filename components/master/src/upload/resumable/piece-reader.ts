import type { Readable } from 'node:stream';

/** Reads a stream in pieces of a given length; the last one, or the last before an error, may be shorter. */
export class PieceReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;
  #error: Error | undefined;

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  /** What the stream failed with; the pieces hold all that came before. */
  get error(): Error | undefined {
    return this.#error;
  }

  async hasMore(): Promise<boolean> {
    while (this.#rest.length === 0 && !this.#ended) await this.#read();
    return this.#rest.length > 0;
  }

  /** The next piece, which has at least one byte after `hasMore`. */
  async *next(bytes: number): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0 && (await this.hasMore());) {
      const chunk = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  async #read(): Promise<void> {
    try {
      const read = await this.#chunks.next();
      if (read.done === true) this.#ended = true;
      else this.#rest = read.value;
    } catch (error) {
      this.#ended = true;
      this.#error = error instanceof Error ? error : new Error(String(error));
    }
  }
}
