import type { MessagePort } from 'node:worker_threads';
import type { ErrorCode } from '@tessera/contracts';
import type { DecodeTilePicture, TilePicture } from '@tessera/geo';
import { AppError } from '@tessera/runtime/app-error';

/** Reads `length` bytes from `start` of the source with this number. */
export type ReadRange = (source: number, start: number, length: number, signal?: AbortSignal) => Promise<Uint8Array>;

/** What a kernel thread can not do itself. */
export interface SourceAccess {
  readonly read: ReadRange;
  /** Tiles that are pictures are decoded in processes that may be killed. */
  readonly decodePicture: DecodeTilePicture;
}

type Wanted =
  | { readonly kind: 'range'; readonly source: number; readonly start: number; readonly length: number }
  | { readonly kind: 'picture'; readonly picture: TilePicture };
type Question = Wanted & { readonly id: number };

type Answer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };

/**
 * Answers what a kernel thread asks for: connections to stores and decoding processes belong to the main thread, while
 * computing and encoding happen in the kernel's. An error crosses the border with its code.
 */
export function serveSources(port: MessagePort, access: SourceAccess, signal: AbortSignal): void {
  const answer = (wanted: Wanted): Promise<Uint8Array> =>
    wanted.kind === 'range'
      ? access.read(wanted.source, wanted.start, wanted.length, signal)
      : access.decodePicture(wanted.picture, signal);
  port.on('message', ({ id, ...wanted }: Question) => {
    answer(wanted).then(
      (bytes) => {
        port.postMessage({ id, bytes } satisfies Answer, transferable(bytes));
      },
      (caught: unknown) => {
        const { code, message, retryable } = AppError.from(caught);
        port.postMessage({ id, code, message, retryable } satisfies Answer);
      },
    );
  });
}

/** Asks the main thread. The port is closed by whoever made it. */
export function askForSources(port: MessagePort): SourceAccess {
  const open = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>();
  let last = 0;
  port.on('message', (answer: Answer) => {
    const asked = open.get(answer.id);
    open.delete(answer.id);
    if ('bytes' in answer) asked?.resolve(answer.bytes);
    else asked?.reject(new AppError(answer.code, { message: answer.message, retryable: answer.retryable }));
  });
  const ask = (wanted: Wanted): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve, reject });
      port.postMessage({ id, ...wanted } satisfies Question);
    });
  return {
    read: (source, start, length) => ask({ kind: 'range', source, start, length }),
    decodePicture: (picture) => ask({ kind: 'picture', picture }),
  };
}

/** A buffer that holds nothing else is given up to the other thread; a view of a larger one is copied. */
function transferable(bytes: Uint8Array): ArrayBuffer[] {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? [buffer] : [];
}
