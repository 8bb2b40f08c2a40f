import { Readable } from 'node:stream';
import { AppError } from '@tessera/runtime';

export type Body = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Yields the non-empty chunks of a body. The signal is heeded even while the body hangs: its reason is thrown at once
 * and the body is told to stop. An error of the body is thrown as it is.
 */
export async function* bodyChunks(body: Body, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, void> {
  if (body instanceof Uint8Array) {
    signal?.throwIfAborted();
    if (body.length > 0) yield body;
    return;
  }
  const iterator = body[Symbol.asyncIterator]();
  const aborted = rejectOnAbort(signal);
  let ended = false;
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), aborted.promise]);
      if (step.done === true) {
        ended = true;
        return;
      }
      if (!((step.value as unknown) instanceof Uint8Array)) {
        throw new AppError('INTERNAL', { message: 'A body must be made of bytes.' });
      }
      if (step.value.length > 0) yield step.value;
    }
  } finally {
    aborted.forget();
    if (!ended) stop(body, iterator);
  }
}

/** Ends a body early without waiting for it: a generator that hangs would never answer. */
function stop(body: AsyncIterable<Uint8Array>, iterator: AsyncIterator<Uint8Array>): void {
  if (body instanceof Readable) body.destroy();
  Promise.resolve(iterator.return?.()).catch(() => undefined);
}

function rejectOnAbort(signal: AbortSignal | undefined): { promise: Promise<never>; forget: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const onAbort = (): void => reject(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return { promise, forget: () => signal?.removeEventListener('abort', onAbort) };
}
