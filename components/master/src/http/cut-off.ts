import type { IncomingMessage } from 'node:http';

/** How long a caller that is still sending may go on after its answer, in milliseconds. */
const LINGER = 3000;
/** Bytes that are read and dropped after an early answer. */
const LINGER_BYTES = 64 * 1024 * 1024;

/**
 * Ends a request that was answered before its body was read. Closing at once would reset the connection and with it
 * throw away the answer, so the body is read and dropped for a little while; whoever goes on longer is cut off.
 */
export function cutOff(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const { socket } = request;
  const begin = socket.bytesRead;
  const stop = (): void => {
    clearTimeout(end);
    clearInterval(watch);
  };
  const cut = (): void => {
    stop();
    socket.destroy();
  };
  const end = setTimeout(cut, LINGER);
  const watch = setInterval(() => {
    if (socket.bytesRead - begin > LINGER_BYTES) cut();
  }, 100);
  request.once('end', stop);
  request.once('close', stop);
  request.resume();
}
