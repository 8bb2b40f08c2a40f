import { Worker } from 'node:worker_threads';
import { AppError } from '@tessera/runtime';
import type { MedianAnswer, MedianCall, MedianThreadData } from './median-call.ts';

interface Waiting {
  readonly resolve: (answer: MedianAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread that makes the composite of one window: its own thread, so that heartbeats go on meanwhile. */
export class MedianWorker implements AsyncDisposable {
  readonly #thread: Worker;
  readonly #waiting: Waiting[] = [];

  constructor(data: MedianThreadData) {
    this.#thread = new Worker(new URL('./median-thread.ts', import.meta.url), { workerData: data });
    this.#thread.on('message', (answer: MedianAnswer) => this.#waiting.shift()?.resolve(answer));
    this.#thread.on('error', (error) => this.#fail(error));
    this.#thread.on('exit', () => this.#fail(new AppError('INTERNAL', { message: 'The thread has stopped.' })));
  }

  /**
   * Tells the thread something; samples and files are moved, not copied.
   *
   * @throws AppError as the thread does; INTERNAL once it is stopped.
   */
  async call(call: MedianCall): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const moved = call.kind === 'add' ? call.block.bands.map(({ buffer }) => buffer) : [];
    const answer = await new Promise<MedianAnswer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#thread.postMessage(call, [...new Set(moved)]);
    });
    if (!answer.ok) throw new AppError(answer.code, { message: answer.message });
    return answer.file;
  }

  /** Stops the thread, whatever it does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread.terminate();
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(AppError.from(error));
  }
}
