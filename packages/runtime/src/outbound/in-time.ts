import { AppError } from '../app-error.ts';

/**
 * Waits for work that can not be told to stop, as the system's resolver, no longer than until the signal.
 *
 * @throws AppError URL_UNREACHABLE when the signal comes first.
 */
export async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = (): void => reject(new AppError('URL_UNREACHABLE', { cause: signal.reason }));
  if (signal.aborted) late();
  signal.addEventListener('abort', late, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', late);
  }
}
