import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, fullJitter, type Backoff } from '@tessera/runtime';
import type { RangeSource } from './range-source.ts';

/** What of `fetch` is needed; whoever gives it decides where it may connect to. */
export type FetchFunction = (
  url: string,
  init: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
) => Promise<Response>;

/** What tells a file on a web server from others. */
export interface HttpFile {
  readonly bytes: number;
  /** ETag, or time of the last change where there is none; `null` if the server tells neither. */
  readonly version: string | null;
}

/** Known since the first read. */
export interface HttpRangeSource extends RangeSource {
  readonly file: HttpFile | undefined;
}

export interface HttpRangeOptions {
  /** Times that one read is tried; default 4. */
  readonly tries?: number | undefined;
  /** Milliseconds for one try, all of its body; default 30 000. */
  readonly timeoutMilliseconds?: number | undefined;
  /** The file as it was seen before; reads of another one are refused. */
  readonly known?: HttpFile | undefined;
  readonly backoff?: Backoff | undefined;
  /** 0–1, for the delays. */
  readonly random?: (() => number) | undefined;
}

const BACKOFF: Backoff = { firstMilliseconds: 250, maxMilliseconds: 4000 };
/** Answers after which the same request may succeed. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * A file on a web server, read by ranges. All reads must see the same file: same size, same version.
 *
 * @throws AppError by `read`: SCENE_UNAVAILABLE when the server does not give what is asked for; errors of `fetch` that
 *   are AppErrors and not retryable, as they are.
 */
export function httpRange(fetch: FetchFunction, url: string, options: HttpRangeOptions = {}): HttpRangeSource {
  return new HttpRange(fetch, url, options);
}

class HttpRange implements HttpRangeSource {
  readonly url: string;
  file: HttpFile | undefined;
  readonly #fetch: FetchFunction;
  readonly #options: HttpRangeOptions;

  constructor(fetch: FetchFunction, url: string, options: HttpRangeOptions) {
    this.url = url;
    this.#fetch = fetch;
    this.#options = options;
    this.file = options.known;
  }

  get bytes(): number | undefined {
    return this.file?.bytes;
  }

  async read(start: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const { tries = 4, backoff = BACKOFF, random = Math.random } = this.#options;
    if (length === 0 || (this.bytes !== undefined && start >= this.bytes)) return new Uint8Array();
    for (let n = 0; ; n += 1) {
      try {
        return await this.#try(start, length, signal);
      } catch (cause) {
        signal?.throwIfAborted();
        const error = AppError.is(cause) ? cause : this.#unavailable('the connection failed', true, cause);
        if (!error.retryable) throw error;
        if (n + 1 >= tries)
          throw error.code === 'SCENE_UNAVAILABLE' ? error : this.#unavailable('gave up', true, error);
        await sleep(fullJitter(backoff, n, random), undefined, signal === undefined ? {} : { signal });
      }
    }
  }

  async #try(start: number, length: number, outer: AbortSignal | undefined): Promise<Uint8Array> {
    const late = AbortSignal.timeout(this.#options.timeoutMilliseconds ?? 30_000);
    const signal = outer === undefined ? late : AbortSignal.any([outer, late]);
    // Compressed on the way, ranges would be those of other bytes.
    const headers = { range: `bytes=${start}-${start + length - 1}`, 'accept-encoding': 'identity' };
    const answer = await this.#fetch(this.url, { headers, signal });
    try {
      const expected = this.#check(answer, start, length);
      return expected === 0 ? new Uint8Array() : await this.#body(answer, expected);
    } finally {
      if (answer.body !== null && !answer.bodyUsed) await answer.body.cancel().catch(() => undefined);
    }
  }

  /** Checks the head of an answer; gives the bytes that its body must have. */
  #check(answer: Response, start: number, length: number): number {
    const { status, headers } = answer;
    // Beyond the end of a file whose length is not known yet.
    if (status === 416 && this.file === undefined) return 0;
    if (status === 200) throw this.#unavailable('the server does not give parts of files', false);
    if (status !== 206) throw this.#unavailable(`status ${status}`, PASSING.has(status));
    if ((headers.get('content-encoding') ?? 'identity') !== 'identity')
      throw this.#unavailable('the part is compressed', false);
    const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(headers.get('content-range') ?? '');
    if (range === null) throw this.#unavailable('no Content-Range', false);
    const [first = -1, last = -1, bytes = -1] = range.slice(1).map(Number);
    const end = Math.min(start + length, bytes);
    if (first !== start || last + 1 !== end) throw this.#unavailable('another range than asked for', true);
    const version = headers.get('etag') ?? headers.get('last-modified');
    this.file ??= { bytes, version };
    if (bytes !== this.file.bytes || version !== this.file.version)
      throw this.#unavailable('the file has changed meanwhile', false);
    return end - start;
  }

  async #body(answer: Response, expected: number): Promise<Uint8Array> {
    const read = new Uint8Array(expected);
    let at = 0;
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      if (at + chunk.length > expected) throw this.#unavailable('more bytes than announced', true);
      read.set(chunk, at);
      at += chunk.length;
    }
    if (at < expected) throw this.#unavailable(`${at} bytes instead of ${expected}`, true);
    return read;
  }

  #unavailable(reason: string, retryable: boolean, cause?: unknown): AppError {
    const details = { reason, url: withoutSecrets(this.url) };
    return new AppError('SCENE_UNAVAILABLE', { retryable, details, ...(cause === undefined ? {} : { cause }) });
  }
}

/** An address as it may stand in logs: what follows the path is often a signature that opens the file to anybody. */
function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return origin === 'null' ? '' : `${origin}${pathname}`;
}
