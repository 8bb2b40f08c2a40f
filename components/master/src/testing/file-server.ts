import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server elsewhere, on this machine. */
export class FileServer {
  readonly #server: Server;
  readonly requests: IncomingMessage[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<FileServer> {
    const server = createServer();
    const started = new FileServer(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      started.requests.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
