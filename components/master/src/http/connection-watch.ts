import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows which connections of a server have a request under way. Browsers open some ahead of need, and Node takes those
 * for busy until they have sent something.
 */
export class ConnectionWatch {
  readonly #server: Server;
  /** Requests under way on each open connection. */
  readonly #busy = new Map<Socket, number>();
  #closing = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#busy.set(socket, 0);
      socket.once('close', () => this.#busy.delete(socket));
    });
    server.on('request', ({ socket }, response) => {
      this.#count(socket, 1);
      response.once('close', () => this.#count(socket, -1));
    });
  }

  /** Takes no new connection, lets requests under way end for some milliseconds, then cuts off those left. */
  async close(milliseconds: number): Promise<void> {
    this.#closing = true;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const [socket, requests] of this.#busy) if (requests === 0) socket.destroy();
    const late = setTimeout(() => this.#server.closeAllConnections(), milliseconds);
    await closed;
    clearTimeout(late);
  }

  #count(socket: Socket, change: 1 | -1): void {
    const before = this.#busy.get(socket);
    if (before === undefined) return;
    this.#busy.set(socket, before + change);
    // The last bytes of the answer may still be on their way.
    if (this.#closing && before + change === 0) socket.destroySoon();
  }
}
