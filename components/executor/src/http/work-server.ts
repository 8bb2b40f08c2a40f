import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERROR_CODES } from '@tessera/contracts';
import { AppError, type Logger } from '@tessera/runtime';

/** Bytes of a request: a thousand keys, or a task, in base64. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** Milliseconds that a request may take to arrive. */
const ARRIVAL_MILLISECONDS = 30_000;
/** Milliseconds that work may take. */
const DEADLINE_MILLISECONDS = 600_000;

export interface WorkServerOptions {
  /** The only path that is answered. */
  readonly path: string;
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Who has it may ask: as `Authorization: Bearer …` or, for push services that send no such header, `?token=…`. */
  readonly token: string;
  /** Requests that are worked on at one time; more are turned away with 429. */
  readonly parallel: number;
  /** Does what a body asks for. */
  readonly work: (body: Uint8Array, signal: AbortSignal) => Promise<unknown>;
  readonly logger: Logger;
}

/** A listening server; `close` stops what it is doing. */
export interface WorkServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens for work: 204 once it is done, 4xx for what will never succeed (but 429: too much to do), 5xx for faults. The body
 * of a refusal is `{ error: { code, message } }`.
 */
export async function serveWork(options: WorkServerOptions): Promise<WorkServer> {
  const stopping = new AbortController();
  const desk = new WorkDesk(options, stopping.signal);
  const server = createServer((request, response) => void desk.receive(request, response));
  server.requestTimeout = ARRIVAL_MILLISECONDS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: portOf(server),
    async close() {
      stopping.abort(new AppError('SHUTTING_DOWN'));
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

class WorkDesk {
  readonly #options: WorkServerOptions;
  readonly #stopping: AbortSignal;
  #busy = 0;

  constructor(options: WorkServerOptions, stopping: AbortSignal) {
    this.#options = options;
    this.#stopping = stopping;
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://executor');
    try {
      if (request.method !== 'POST' || url.pathname !== this.#options.path) throw new AppError('NOT_FOUND');
      if (!this.#mayAsk(request, url)) throw new AppError('UNAUTHORIZED');
      this.#stopping.throwIfAborted();
      if (this.#busy >= this.#options.parallel) throw new AppError('RATE_LIMITED');
      this.#busy++;
      try {
        await this.#work(await readBody(request), response);
      } finally {
        this.#busy--;
      }
      response.writeHead(204).end();
    } catch (error) {
      this.#refuse(response, AppError.from(error));
    }
  }

  async #work(body: Uint8Array, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort(new AppError('CANCELLED')));
    const late = AbortSignal.timeout(DEADLINE_MILLISECONDS);
    await this.#options.work(body, AbortSignal.any([this.#stopping, gone.signal, late]));
  }

  #mayAsk(request: IncomingMessage, url: URL): boolean {
    const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const given = bearer ?? url.searchParams.get('token') ?? '';
    return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', this.#options.token, 'buffer'));
  }

  #refuse(response: ServerResponse, error: AppError): void {
    const { code, message } = error;
    const status = statusOf(error);
    const { logger, path } = this.#options;
    if (status >= 500) logger.warn({ err: error, details: error.details, path }, 'work:not-done');
    if (response.destroyed) return;
    // What was not read of the request would be taken for the next one.
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ error: { code, message } }));
  }
}

/** Whoever asks tries again after 429 and 5xx only. */
function statusOf({ code, retryable }: AppError): number {
  const { status } = ERROR_CODES[code];
  return retryable && status < 500 && status !== 429 ? 500 : status;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new AppError('FILE_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
