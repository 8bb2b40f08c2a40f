import type { MessagePort } from 'node:worker_threads';
import type { ErrorCode } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** Reads `length` bytes from `start` of the source with this number. */
export type ReadRange = (source: number, start: number, length: number, signal?: AbortSignal) => Promise<Uint8Array>;

interface RangeQuestion {
  readonly id: number;
  readonly source: number;
  readonly start: number;
  readonly length: number;
}

type RangeAnswer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };

/**
 * Answers what a kernel thread asks for: connections to stores live in the main thread, while decoding, computing and
 * encoding happen in the kernel's. An error crosses the border with its code.
 */
export function serveRanges(port: MessagePort, read: ReadRange, signal: AbortSignal): void {
  port.on('message', ({ id, source, start, length }: RangeQuestion) => {
    read(source, start, length, signal).then(
      (bytes) => {
        port.postMessage({ id, bytes } satisfies RangeAnswer, transferable(bytes));
      },
      (caught: unknown) => {
        const { code, message, retryable } = AppError.from(caught);
        port.postMessage({ id, code, message, retryable } satisfies RangeAnswer);
      },
    );
  });
}

/** Asks the main thread for ranges. The port is closed by whoever made it. */
export function askForRanges(port: MessagePort): ReadRange {
  const open = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>();
  let last = 0;
  port.on('message', (answer: RangeAnswer) => {
    const asked = open.get(answer.id);
    open.delete(answer.id);
    if ('bytes' in answer) asked?.resolve(answer.bytes);
    else asked?.reject(new AppError(answer.code, { message: answer.message, retryable: answer.retryable }));
  });
  return (source, start, length) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve, reject });
      port.postMessage({ id, source, start, length } satisfies RangeQuestion);
    });
}

/** A buffer that holds nothing else is given up to the other thread; a view of a larger one is copied. */
function transferable(bytes: Uint8Array): ArrayBuffer[] {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? [buffer] : [];
}
