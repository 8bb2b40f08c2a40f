import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERROR_CODES, type MedianRequest } from '@tessera/contracts';
import { AppError, type Logger } from '@tessera/runtime';
import { readMedianRequest } from './read-median-request.ts';

/** Bytes of a request: a thousand keys, in base64. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** Milliseconds that a request may take to arrive. */
const ARRIVAL_MILLISECONDS = 30_000;
/** Milliseconds that a median may take. */
const DEADLINE_MILLISECONDS = 600_000;

export interface MedianServerOptions {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Who has it may ask: as `Authorization: Bearer …` or, for push services that send no such header, `?token=…`. */
  readonly token: string;
  /** Medians that are made at one time; more are turned away with 429. */
  readonly parallel: number;
  readonly make: (request: MedianRequest, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

/** A listening server; `close` stops what it is doing. */
export interface MedianServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens for `POST /median`: 204 once the window is stored, 4xx for what will never succeed (but 429: too much to do), 5xx
 * for faults.
 */
export async function serveMedian(options: MedianServerOptions): Promise<MedianServer> {
  const stopping = new AbortController();
  const desk = new MedianDesk(options, stopping.signal);
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

class MedianDesk {
  readonly #options: MedianServerOptions;
  readonly #stopping: AbortSignal;
  #busy = 0;

  constructor(options: MedianServerOptions, stopping: AbortSignal) {
    this.#options = options;
    this.#stopping = stopping;
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://executor');
    try {
      if (request.method !== 'POST' || url.pathname !== '/median') throw new AppError('NOT_FOUND');
      if (!this.#mayAsk(request, url)) throw new AppError('UNAUTHORIZED');
      this.#stopping.throwIfAborted();
      if (this.#busy >= this.#options.parallel) throw new AppError('RATE_LIMITED');
      this.#busy++;
      try {
        await this.#make(readMedianRequest(await readBody(request)), response);
      } finally {
        this.#busy--;
      }
      response.writeHead(204).end();
    } catch (error) {
      this.#refuse(response, AppError.from(error));
    }
  }

  async #make(request: MedianRequest, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort(new AppError('CANCELLED')));
    const late = AbortSignal.timeout(DEADLINE_MILLISECONDS);
    await this.#options.make(request, AbortSignal.any([this.#stopping, gone.signal, late]));
  }

  #mayAsk(request: IncomingMessage, url: URL): boolean {
    const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const given = bearer ?? url.searchParams.get('token') ?? '';
    return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', this.#options.token, 'buffer'));
  }

  #refuse(response: ServerResponse, error: AppError): void {
    const { status } = ERROR_CODES[error.code];
    const { code, message } = error;
    if (status >= 500) this.#options.logger.warn({ err: error, details: error.details }, 'a median could not be made');
    if (response.destroyed) return;
    // What was not read of the request would be taken for the next one.
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ error: { code, message } }));
  }
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
