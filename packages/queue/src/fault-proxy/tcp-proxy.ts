import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What happens to connections.
 *
 * - `ok`: bytes pass.
 * - `refuse`: new connections are refused; those that are open stay.
 * - `hang`: new connections are accepted and never hear anything; those that are open stay.
 * - `rst`: all connections are reset, new ones as soon as they are accepted.
 * - `fin`: all connections are ended in order, new ones as soon as they are accepted.
 * - `blackhole`: all connections stay open and nothing passes either way, not even their end.
 * - `delayMilliseconds`: each piece is passed on so much later.
 * - `cutAfterBytes`: each new connection is reset when so many bytes have come from the server.
 */
export type ProxyMode =
  | 'ok'
  | 'refuse'
  | 'hang'
  | 'rst'
  | 'fin'
  | 'blackhole'
  | { readonly delayMilliseconds: number }
  | { readonly cutAfterBytes: number };

export interface TcpProxy {
  /** The port of 127.0.0.1 on which the proxy listens; it stays the same in all modes. */
  readonly port: number;
  /** How many clients are connected. */
  readonly connections: number;
  /** How many clients were accepted so far. */
  readonly accepted: number;
  /** Changes the mode; resolves when it has come into force. */
  mode(mode: ProxyMode): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1 before a TCP server, which does to its connections what networks do. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const proxy = new FaultProxy(target);
  await proxy.listen();
  return proxy;
}

/** A client and the connection to the server in its name. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

class FaultProxy implements TcpProxy {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  #server: Server | undefined;
  #mode: ProxyMode = 'ok';
  #port = 0;
  #accepted = 0;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  get accepted(): number {
    return this.#accepted;
  }

  async listen(): Promise<void> {
    if (this.#server) return;
    // Half-open, so that the end of one side is passed on, or not, by the mode alone.
    const server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
    this.#server = server;
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
  }

  async mode(mode: ProxyMode): Promise<void> {
    this.#mode = mode;
    if (mode === 'rst') for (const pair of this.#pairs) reset(pair);
    if (mode === 'fin') for (const { client, server } of this.#pairs) [client, server].forEach((end) => end.end());
    if (mode === 'refuse') {
      // Connections that are open go on; the callback would wait for them.
      this.#server?.close();
      this.#server = undefined;
    } else {
      await this.listen();
    }
  }

  close(): Promise<void> {
    this.#server?.close();
    this.#server = undefined;
    for (const pair of this.#pairs) reset(pair);
    return Promise.resolve();
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    const mode = this.#mode;
    const server = connect({ ...this.#target, allowHalfOpen: true });
    const pair = { client, server };
    this.#pairs.add(pair);
    const gone = (): void => {
      if (client.destroyed && server.destroyed) this.#pairs.delete(pair);
    };
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (bytes) => this.#pass(() => void to.write(bytes), mode));
      from.on('end', () => this.#pass(() => void to.end(), mode));
      // The other side learns of it as of a reset, if it learns of it.
      from.on('error', () => this.#pass(() => void to.resetAndDestroy(), mode));
      from.on('close', gone);
    }
    if (mode === 'rst') reset(pair);
    if (mode === 'fin') [client, server].forEach((end) => end.end());
    if (typeof mode === 'object' && 'cutAfterBytes' in mode) {
      server.on('data', () => {
        if (server.bytesRead >= mode.cutAfterBytes) reset(pair);
      });
    }
  }

  /** Passes something on as the mode wants; `born` is the mode in which the connection was accepted. */
  #pass(effect: () => void, born: ProxyMode): void {
    if (this.#mode === 'blackhole' || born === 'hang' || born === 'blackhole') return;
    if (typeof this.#mode === 'object' && 'delayMilliseconds' in this.#mode) {
      setTimeout(effect, this.#mode.delayMilliseconds);
    } else {
      effect();
    }
  }
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
