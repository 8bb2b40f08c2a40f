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
  let ended = false;
  try {
    for (;;) {
      const step = await nextUnlessAborted(iterator, signal);
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
    if (!ended) stop(body, iterator);
  }
}

/** Ends a body early without waiting for it: a generator that hangs would never answer. */
function stop(body: AsyncIterable<Uint8Array>, iterator: AsyncIterator<Uint8Array>): void {
  if (body instanceof Readable) body.destroy();
  Promise.resolve(iterator.return?.()).catch(() => undefined);
}

/** Listens anew for every chunk: one promise raced against each of them would keep them all in memory. */
async function nextUnlessAborted<T>(
  iterator: AsyncIterator<T>,
  signal: AbortSignal | undefined,
): Promise<IteratorResult<T>> {
  if (signal === undefined) return iterator.next();
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([iterator.next(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
