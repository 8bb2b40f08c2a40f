import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Readable } from 'node:stream';

export interface SecureAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface SecureRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable;
}

export interface SecureClientOptions {
  readonly port: number;
  /** Certificate of the authority that signed the proxy's, PEM. */
  readonly ca: string | Buffer;
  /** The address that it calls from; any of 127.0.0.0/8. */
  readonly from?: string;
}

/** A visitor of the site at https://localhost who keeps connections and cookies as a browser does. */
export class SecureClient {
  readonly origin: string;
  cookie: string | undefined;
  readonly #agent: Agent;
  readonly #port: number;

  constructor({ port, ca, from = '127.0.0.1' }: SecureClientOptions) {
    this.#port = port;
    this.origin = `https://localhost:${String(port)}`;
    this.#agent = new Agent({ ca, localAddress: from, keepAlive: true, servername: 'localhost' });
  }

  /** Sends a request; resolves when the head of the answer is there. */
  open({ method = 'GET', path, headers, body }: SecureRequest, signal?: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const cookie = this.cookie === undefined ? {} : { cookie: this.cookie };
      const sent = request({
        host: '127.0.0.1',
        port: this.#port,
        agent: this.#agent,
        method,
        path,
        headers: { host: `localhost:${String(this.#port)}`, ...cookie, ...headers },
        ...(signal ? { signal } : {}),
      });
      sent.once('response', (response) => {
        this.cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? this.cookie;
        resolve(response);
      });
      sent.on('error', reject);
      if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) sent.end(body);
      else body.pipe(sent);
    });
  }

  /** Sends a request and reads the whole answer. */
  async send(wish: SecureRequest): Promise<SecureAnswer> {
    const response = await this.open(wish);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** A multipart form with one image, in parts so that a large one can be streamed. */
export function imageForm(name: string): { headers: Readonly<Record<string, string>>; head: Buffer; tail: Buffer } {
  const boundary = `tessera-${randomBytes(8).toString('hex')}`;
  const disposition = `Content-Disposition: form-data; name="image"; filename="${name}"`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    head: Buffer.from(`--${boundary}\r\n${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`),
    tail: Buffer.from(`\r\n--${boundary}--\r\n`),
  };
}
