import type { IncomingMessage } from 'node:http';

export interface StallLimits {
  /** Seconds over which the speed is measured. */
  readonly seconds: number;
  readonly minBytesPerSecond: number;
}

/** Calls back once if a body has not arrived in whole after some seconds. Gives a function that ends the watch. */
export function watchArrival(request: IncomingMessage, seconds: number, onLate: () => void): () => void {
  const timer = setTimeout(() => {
    if (!request.complete) onLate();
  }, seconds * 1000);
  return () => clearTimeout(timer);
}

/**
 * Calls back once if a body arrives more slowly than allowed, however long it takes in whole. Time in which we do not
 * read, because the object store is slow, is not held against the client. Gives a function that ends the watch.
 */
export function watchSpeed(request: IncomingMessage, limits: StallLimits, onStall: () => void): () => void {
  let before = request.socket.bytesRead;
  const timer = setInterval(() => {
    const { bytesRead } = request.socket;
    const received = bytesRead - before;
    before = bytesRead;
    if (request.complete) clearInterval(timer);
    else if (!request.isPaused() && received < limits.seconds * limits.minBytesPerSecond) {
      clearInterval(timer);
      onStall();
    }
  }, limits.seconds * 1000);
  return () => clearInterval(timer);
}
