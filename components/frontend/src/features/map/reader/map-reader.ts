import type { Answer, QuestionKind, Questions } from './protocol.ts';
import { ReadFailure } from './read-failure.ts';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (failure: ReadFailure) => void;
}

/** Asks the worker that reads rasters and colours them, so that the page stays fluid. */
export class MapReader {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor() {
    this.#worker = new Worker(new URL('./map-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('failure' in data) waiting?.reject(new ReadFailure(data.failure));
      else waiting?.resolve(data.answer as never);
    });
  }

  /** @throws ReadFailure */
  ask<Kind extends QuestionKind>(kind: Kind, ask: Questions[Kind]['ask']): Promise<Questions[Kind]['answer']> {
    const id = (this.#next += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, kind, ask });
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}
