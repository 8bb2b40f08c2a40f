import type { ImageDto } from '@tessera/contracts';
import { ApiError, unreachable } from '../../api/api-error.ts';
import type { Connection } from './connection.ts';
import { ATTEMPTS, mayPass, waitBefore } from './patience.ts';

/** Milliseconds without progress after which the connection is doubted. */
const SILENCE = 20_000;

export interface Attempt {
  readonly signal: AbortSignal;
  /** To be told the share of the file that was sent, 0–1. */
  readonly onProgress: (share: number) => void;
}

export interface PatientParts {
  readonly connection: Connection;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0–1. */
  readonly random: () => number;
}

export interface PatientOptions extends Attempt {
  readonly send: (attempt: Attempt) => Promise<ImageDto>;
  /** Told whether an attempt runs or waits. */
  readonly onRunning: (running: boolean) => void;
}

/**
 * Sends a file, again after a while where the server is busy, and for as long as it takes where the server is away.
 *
 * @throws ApiError of a refusal, or of the last of several attempts without progress.
 */
export async function sendPatiently(
  { connection, wait, random }: PatientParts,
  { send, signal, onProgress, onRunning }: PatientOptions,
): Promise<ImageDto> {
  let failures = 0;
  let furthest = 0;
  for (;;) {
    if (connection.away()) onRunning(false);
    await connection.open();
    signal.throwIfAborted();
    onRunning(true);
    const { interruption } = connection;
    const silence = new Silence(() => void connection.doubt());
    try {
      return await send({
        signal: AbortSignal.any([signal, interruption]),
        onProgress: (share) => {
          silence.broken();
          if (share > furthest) failures = 0;
          furthest = Math.max(furthest, share);
          onProgress(share);
        },
      });
    } catch (cause) {
      signal.throwIfAborted();
      if (interruption.aborted) continue;
      const error = cause instanceof ApiError ? cause : unreachable();
      if (!mayPass(error)) throw error;
      if (error.code === 'UNREACHABLE') {
        await connection.doubt();
        if (connection.away()) continue;
      }
      failures += 1;
      if (failures >= ATTEMPTS) throw error;
      onRunning(false);
      await wait(waitBefore(failures, error, random()));
      signal.throwIfAborted();
    } finally {
      silence.end();
    }
  }
}

/** Notices that nothing has moved for long: a network that swallows everything tells no error for minutes. */
class Silence {
  readonly #onLong: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onLong: () => void) {
    this.#onLong = onLong;
    this.broken();
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#onLong();
      this.broken();
    }, SILENCE);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
