import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number };
}

/** Takes spans as a collector does; `status` is what it answers. */
export class SpanReceiver {
  readonly spans: SentSpan[] = [];
  readonly authorizations: (string | undefined)[] = [];
  status = 200;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.authorizations.push(request.headers.authorization);
      void text(request).then((body) => {
        const { resourceSpans } = JSON.parse(body) as {
          resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
        };
        if (this.status === 200) {
          this.spans.push(...resourceSpans.flatMap((of) => of.scopeSpans.flatMap(({ spans }) => spans)));
        }
        response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  /** Listens and gives its URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
