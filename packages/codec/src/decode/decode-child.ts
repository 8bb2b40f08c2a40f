import { fork, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { ErrorCode } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { ChildAnswers, ChildMessage, ChildRequest } from './message.ts';
import { residentBytes } from './resident-bytes.ts';

export interface DecodeChildOptions {
  /** The only folder the child's JavaScript may write to. */
  readonly scratch: string;
  /** Private memory above which the child is killed, bytes. */
  readonly memoryBytes: number;
}

export interface RunOptions {
  readonly deadlineMilliseconds: number;
  /** Time given on top once the number of pixels is known, milliseconds. */
  readonly extraMilliseconds: (pixels: number) => number;
  readonly signal?: AbortSignal | undefined;
  /** Told how far the work is, 0–1, where the child says so. */
  readonly onShare?: ((share: number) => void) | undefined;
}

/**
 * Milliseconds in which a child loads its libraries: a fraction of a second, but for machines that start much else at
 * the same time.
 */
export const START_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 20;
/** What is kept of the child's standard error for the log. */
const ERROR_TAIL_CHARACTERS = 2000;

/** One process that decodes hostile bytes, one request at a time, and is killed for whatever goes beyond its bounds. */
export class DecodeChild {
  /** Settles when the child has loaded its libraries. */
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
  readonly #process: ChildProcess;
  readonly #options: DecodeChildOptions;
  #alive = true;
  #errorTail = '';
  #verdict: AppError | undefined;
  #onMessage: ((message: ChildMessage) => void) | undefined;

  constructor(options: DecodeChildOptions) {
    this.#options = options;
    this.#process = start(options.scratch);
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorTail = (this.#errorTail + text).slice(-ERROR_TAIL_CHARACTERS);
    });
    this.#process.on('message', (message: ChildMessage) => this.#onMessage?.(message));
    this.exited = new Promise((resolve) => {
      const end = (reason: unknown): void => {
        this.#alive = false;
        this.#verdict ??= new AppError('DECODER_CRASHED', { details: { reason, stderr: this.#errorTail } });
        resolve();
      };
      this.#process.once('exit', (exitCode, signal) => end({ exitCode, signal }));
      this.#process.on('error', end);
    });
    this.ready = this.#whenReady();
    this.ready.catch(() => undefined);
    void offerToOomKiller(this.pid);
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Private memory in bytes. */
  residentBytes(): number {
    return this.#process.pid === undefined || !this.#alive ? 0 : residentBytes(this.#process.pid);
  }

  /** Ends the process at once; what it was doing fails with `code`. */
  kill(code: ErrorCode, cause?: unknown): void {
    this.#verdict ??= new AppError(code, cause === undefined ? {} : { cause });
    this.#process.kill('SIGKILL');
  }

  /**
   * Asks the child. Whatever ends the child settles the request only after the process is gone, so nothing writes to
   * the target any more.
   *
   * @throws AppError what the child says; DECODE_TIMEOUT, DECODE_OOM, CANCELLED, DECODER_CRASHED when it is killed.
   */
  async run<Kind extends ChildRequest['kind']>(
    request: Extract<ChildRequest, { kind: Kind }>,
    { deadlineMilliseconds, extraMilliseconds, signal, onShare }: RunOptions,
  ): Promise<ChildAnswers[Kind]> {
    const late = (): void => this.kill('DECODE_TIMEOUT');
    let deadline = setTimeout(late, deadlineMilliseconds);
    const poll = setInterval(() => {
      if (this.residentBytes() > this.#options.memoryBytes) this.kill('DECODE_OOM');
    }, POLL_MILLISECONDS);
    const abort = (): void => this.kill('CANCELLED', signal?.reason);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    const onHeader = (pixels: number): void => {
      clearTimeout(deadline);
      deadline = setTimeout(late, deadlineMilliseconds + extraMilliseconds(pixels));
    };
    try {
      return (await this.#ask(request, onHeader, onShare)) as ChildAnswers[Kind];
    } finally {
      clearTimeout(deadline);
      clearInterval(poll);
      signal?.removeEventListener('abort', abort);
    }
  }

  #ask(
    request: ChildRequest,
    onHeader: (pixels: number) => void,
    onShare: RunOptions['onShare'],
  ): Promise<ChildAnswers[keyof ChildAnswers]> {
    return new Promise((resolve, reject) => {
      const settle = (message: ChildMessage): void => {
        if (message.kind === 'header') onHeader(message.pixels);
        if (message.kind === 'share') onShare?.(message.share);
        // A verdict that was already spoken holds, though the answer came in the same moment.
        if (this.#verdict !== undefined) return;
        if (message.kind === 'done') resolve(message.value);
        if (message.kind === 'failed') reject(new AppError(message.code, message));
      };
      this.#onMessage = settle;
      void this.exited.then(() => reject(this.#verdict ?? new AppError('DECODER_CRASHED')));
      if (this.#alive) this.#process.send(request, () => undefined);
    });
  }

  #whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.kill('DECODER_CRASHED'), START_MILLISECONDS);
      this.#onMessage = ({ kind }) => {
        if (kind !== 'ready') return;
        clearTimeout(late);
        resolve();
      };
      void this.exited.then(() => {
        clearTimeout(late);
        reject(this.#verdict ?? new AppError('DECODER_CRASHED'));
      });
    });
  }
}

/** Where memory runs out the kernel ends this process before any other; not every system has that choice. */
async function offerToOomKiller(pid: number | undefined): Promise<void> {
  if (pid !== undefined) await writeFile(`/proc/${pid}/oom_score_adj`, '1000').catch(() => undefined);
}

function start(scratch: string): ChildProcess {
  return fork(new URL('./child-main.ts', import.meta.url), {
    // Nothing of the parent's environment: no credentials, no options.
    env: { VIPS_BLOCK_UNTRUSTED: '1', MALLOC_ARENA_MAX: '2', TMPDIR: scratch },
    execArgv: [
      '--max-old-space-size=128',
      '--permission',
      '--allow-addons',
      '--allow-fs-read=*',
      `--allow-fs-write=${scratch}/*`,
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
