import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { FileServer } from '../../../components/master/src/testing/file-server.ts';

/** What a receiver was told. */
export interface Told {
  readonly signature: string;
  readonly body: string;
}

/** A receiver of webhooks on this machine. */
export class WebhookReceiver {
  readonly told: Told[] = [];
  readonly #server: FileServer;

  private constructor(server: FileServer) {
    this.#server = server;
  }

  static async start(): Promise<WebhookReceiver> {
    const server = await FileServer.start((request, response) => {
      void text(request).then((body) => {
        receiver.told.push({ signature: String(request.headers['tessera-signature']), body });
        response.writeHead(204).end();
      });
    });
    const receiver = new WebhookReceiver(server);
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#server.port)}/hook`;
  }

  /** Settings of a site that may lead its webhooks here. */
  get settings(): Readonly<Record<string, string>> {
    return { WEBHOOK_RECEIVERS: '127.0.0.1', WEBHOOK_PORTS: String(this.#server.port) };
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

/** Tells whether a request was signed with this key. */
export function isSigned({ signature, body }: Told, key: string): boolean {
  const [, time = '', given] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? [];
  return given === createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
}
