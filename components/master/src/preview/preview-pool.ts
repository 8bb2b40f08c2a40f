import type { View } from '@tessera/codec';
import { AppError } from '@tessera/runtime';
import { Piscina } from 'piscina';
import type { PreviewAnswer, PreviewCall } from './preview-call.ts';

/** Milliseconds that one preview may compute. */
const LONGEST = 5000;
/** Milliseconds after which a thread that nobody needs ends. */
const IDLE = 120_000;

/** Threads that compute previews; they are started when the first one is asked for. */
export class PreviewPool {
  readonly #pool: Piscina;

  constructor(threads: number) {
    this.#pool = new Piscina({
      filename: new URL('./preview-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE,
    });
  }

  /**
   * Computes a preview on a thread; an abort stops it in the midst of it.
   *
   * @throws AppError INVALID_PIPELINE for one that takes too long, CANCELLED, INTERNAL
   */
  async run(call: PreviewCall, signal: AbortSignal): Promise<View> {
    const late = AbortSignal.timeout(LONGEST);
    const answer = await this.#ask(call, AbortSignal.any([signal, late])).catch((error: unknown) => {
      if (signal.aborted) throw new AppError('CANCELLED', { cause: error });
      if (!late.aborted) throw AppError.from(error);
      throw new AppError('INVALID_PIPELINE', {
        message: 'This pipeline takes too long for a preview. A job may take as long as it needs.',
      });
    });
    if (answer.ok) return answer.view;
    throw new AppError(answer.code, { message: answer.message });
  }

  #ask(call: PreviewCall, signal: AbortSignal): Promise<PreviewAnswer> {
    const transferList = call.raster.data.buffer instanceof ArrayBuffer ? [call.raster.data.buffer] : [];
    return this.#pool.run(call, { name: 'preview', signal, transferList }) as Promise<PreviewAnswer>;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
