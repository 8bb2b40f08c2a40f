import { MessagePort } from 'node:worker_threads';
import { AppError } from '@tessera/runtime';
import { Piscina } from 'piscina';
import type { KernelAnswer, KernelCalls } from './kernel-call.ts';

type CallName = keyof KernelCalls;
type Argument<Name extends CallName> = KernelCalls[Name]['call'];
type Answer<Name extends CallName> = KernelCalls[Name]['answer'];

/** Runs one kernel call on a thread. */
export type RunKernel = <Name extends CallName>(
  name: Name,
  argument: Argument<Name>,
  signal: AbortSignal,
) => Promise<Answer<Name>>;

/** Ports can only be given to a thread, not copied. */
function portsOf(argument: object): MessagePort[] {
  return Object.values(argument).filter((value) => value instanceof MessagePort);
}

/**
 * Memory for young objects of a thread, in MB. What threads make is mostly large arrays that are soon done with, and as
 * many of them lie about as this allows for.
 */
const YOUNG_MB = 12;

/** A fixed number of threads, each with its own kernel: pixels are computed and encoded off the main thread. */
export class KernelPool {
  readonly #pool: Piscina;

  constructor(options: { readonly threads: number }) {
    this.#pool = new Piscina({
      filename: new URL('./kernel-worker.ts', import.meta.url).href,
      minThreads: options.threads,
      maxThreads: options.threads,
      idleTimeout: Number.MAX_SAFE_INTEGER,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
  }

  /** Runs a call on the next free thread; an abort stops the thread in the midst of it. */
  readonly run: RunKernel = async <Name extends CallName>(
    name: Name,
    argument: Argument<Name>,
    signal: AbortSignal,
  ): Promise<Answer<Name>> => {
    const answer = await this.#ask(name, argument, signal);
    if (answer.ok) return answer.value;
    throw new AppError(answer.code, {
      message: answer.message,
      retryable: answer.retryable,
      details: { kernelStack: answer.stack },
    });
  };

  async #ask<Name extends CallName>(
    name: Name,
    argument: Argument<Name>,
    signal: AbortSignal,
  ): Promise<KernelAnswer<Answer<Name>>> {
    try {
      return (await this.#pool.run(argument, { name, signal, transferList: portsOf(argument) })) as KernelAnswer<
        Answer<Name>
      >;
    } catch (error) {
      throw signal.aborted ? new AppError('CANCELLED', { cause: error }) : AppError.from(error);
    }
  }

  /** Stops all threads, whatever they do. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
