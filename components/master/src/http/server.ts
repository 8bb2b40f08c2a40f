import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ERROR_CODES, type ErrorBody, type ErrorCode } from '@tessera/contracts';

export interface ServerLimits {
  readonly connections: number;
  /** 0: no limit. */
  readonly connectionsPerAddress: number;
}

/** Milliseconds for the headers of a request. */
const HEADERS_TIMEOUT = 15_000;
/** Milliseconds an idle connection is kept; longer than reverse proxies keep theirs, so that they close first. */
const KEEP_ALIVE_TIMEOUT = 75_000;

/** An HTTP server that slow or greedy clients can't tie up. Bodies have deadlines of their own, see `deadline.ts`. */
export function createHttpServer(listener: RequestListener, limits: ServerLimits, newId: () => string): Server {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT, requestTimeout: 0, connectionsCheckingInterval: 5000 },
    listener,
  );
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
  server.maxConnections = limits.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket as Socket, newId()));
  if (limits.connectionsPerAddress > 0) limitPerAddress(server, limits.connectionsPerAddress);
  return server;
}

/** Starts to listen and gives the address as a URL. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  const name = everywhere ? 'localhost' : address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

/** Answers what is no HTTP request at all. */
function refuse(error: NodeJS.ErrnoException, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code: ErrorCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'REQUEST_TIMEOUT' : 'BAD_REQUEST';
  const { status, message } = ERROR_CODES[code];
  const body = JSON.stringify({ error: { code, message, requestId } } satisfies ErrorBody);
  const reason = status === 408 ? 'Request Timeout' : 'Bad Request';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function limitPerAddress(server: Server, limit: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > limit) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}
