import { connect } from 'node:net';
import { once } from 'node:events';

export interface RawRequest {
  /** What is written, in order; a number waits for as many milliseconds. */
  readonly send: readonly (string | Uint8Array | number)[];
  /** Close our side after the last piece; default: wait for the answer. */
  readonly abort?: boolean;
}

/** Speaks to a server as no library would. Gives all that it answered until it closed or 8 s were over. */
export async function rawRequest(url: string, { send, abort = false }: RawRequest): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  for (const piece of send) {
    if (socket.destroyed) break;
    if (typeof piece === 'number') await new Promise((resolve) => setTimeout(resolve, piece));
    else socket.write(piece);
  }
  if (abort) socket.destroy();
  const timer = setTimeout(() => socket.destroy(), 8000);
  await closed;
  clearTimeout(timer);
  return Buffer.concat(received).toString('latin1');
}

/** The status of an answer, 0 if there was none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

/** The code in the JSON body of an answer. */
export function codeOf(answer: string): string | undefined {
  return /"code":"([A-Z_]+)"/.exec(answer)?.[1];
}
