import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds in which the first request of a new connection has to come while the server stops. */
const FIRST_REQUEST = 2000;
/** Turns of the event loop that a server under load waits at most for one without news. */
const MAX_TURNS = 1000;
/**
 * Milliseconds of a short turn: what comes while a long one does other work is not seen before its end, and a connection
 * that comes then is reset. A process that is never so idle for the first half of its turns takes what it can get.
 */
const SHORT_TURN = { wanted: 0.1, enough: 0.3 };

/** What goes over one connection. */
interface Traffic {
  readonly since: number;
  /** Answers to the requests under way. */
  readonly answers: Set<ServerResponse>;
  /** Whether there ever was a request. */
  used: boolean;
}

/**
 * Knows which connections of a server have a request under way, and ends a server so that no request is lost: what was
 * let in is answered. Browsers open some connections ahead of need, and Node takes those for busy until they have sent
 * something.
 */
export class ConnectionWatch {
  readonly #server: Server;
  readonly #open = new Map<Socket, Traffic>();
  /** Connections and requests so far. */
  #arrivals = 0;
  #ending = false;
  #closed: Promise<void> | undefined;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#arrivals += 1;
      this.#open.set(socket, { since: performance.now(), answers: new Set(), used: false });
      socket.once('close', () => this.#open.delete(socket));
    });
    // Before the application, which may answer at once.
    server.prependListener('request', ({ socket }, response) => this.#begin(socket, response));
  }

  /** From now on each answer ends its connection, and says so: clients that keep connections go elsewhere. */
  announceEnd(): void {
    this.#ending = true;
    for (const { answers } of this.#open.values()) for (const answer of answers) endConnection(answer);
  }

  /**
   * Takes no new connection, and ends those without a request. A connection that the kernel has taken on and this
   * process has not seen would be reset, so it is let in first; it has some seconds to send its request.
   */
  async stopAccepting(): Promise<void> {
    this.announceEnd();
    await this.#quiet();
    this.#closed = new Promise((resolve) => this.#server.close(() => resolve()));
    for (const [socket, traffic] of this.#open) {
      if (traffic.answers.size > 0) continue;
      const left = traffic.used ? 0 : traffic.since + FIRST_REQUEST - performance.now();
      if (left <= 0) socket.destroy();
      else setTimeout(() => endUnused(socket, traffic), left);
    }
  }

  /** After `stopAccepting`: lets requests under way end for some milliseconds, then cuts off those left. */
  async drain(milliseconds: number): Promise<void> {
    const late = setTimeout(() => this.#server.closeAllConnections(), milliseconds);
    await this.#closed;
    clearTimeout(late);
  }

  #begin(socket: Socket, response: ServerResponse): void {
    const traffic = this.#open.get(socket);
    if (traffic === undefined) return;
    this.#arrivals += 1;
    traffic.used = true;
    traffic.answers.add(response);
    if (this.#ending) endConnection(response);
    response.once('close', () => {
      traffic.answers.delete(response);
      // The last bytes of the answer may still be on their way.
      if (this.#closed && traffic.answers.size === 0) socket.destroySoon();
    });
  }

  /** Resolves, in the same breath, after a short turn of the event loop that brought nothing new. */
  async #quiet(): Promise<void> {
    // To the end of this turn, which may have begun before the newest came.
    await nextTurn();
    for (let turns = 0; turns < MAX_TURNS; turns += 1) {
      const before = this.#arrivals;
      const begun = performance.now();
      await nextTurn();
      const short = turns < MAX_TURNS / 2 ? SHORT_TURN.wanted : SHORT_TURN.enough;
      if (before === this.#arrivals && performance.now() - begun < short) return;
    }
  }
}

function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

function endUnused(socket: Socket, { used }: Traffic): void {
  if (!used) socket.destroy();
}
