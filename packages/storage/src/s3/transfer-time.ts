/** Slowest connection that uploads succeed over, in bytes per second. */
const TRANSFER_RATE = 256 * 1024;
/** Slowest copying within a server, in bytes per second. */
const COPY_RATE = 8 * 1024 * 1024;

/** Milliseconds that sending so many bytes may take. */
export function transferMilliseconds(bytes: number): number {
  return (bytes / TRANSFER_RATE) * 1000;
}

/** Milliseconds that a server may take to copy or join so many bytes. */
export function copyMilliseconds(bytes: number): number {
  return (bytes / COPY_RATE) * 1000;
}
