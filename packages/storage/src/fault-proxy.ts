import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What happens to a request: `ok` passes it on; `error500` and `error403` answer it; `hang` never does; `refuse` closes
 * the connection; `lose` passes it on and closes the connection instead of answering; `cut` closes it after `bytes` of
 * the answer's body; `flip` inverts the byte of the answer's body at `bytes`; `slow` gives `bytes` of it per second.
 */
export type FaultMode = 'ok' | 'error500' | 'error403' | 'hang' | 'refuse' | 'lose' | 'cut' | 'flip' | 'slow';

export interface FaultOptions {
  /** A number of bytes as the mode says. Default 1000. */
  readonly bytes?: number | undefined;
  /** After so many requests hit by the fault all are passed on. Default: no end. */
  readonly times?: number | undefined;
  /** Which requests are hit. Default: all. */
  readonly when?: ((request: SeenRequest) => boolean) | undefined;
}

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

export interface FaultProxy {
  readonly url: string;
  /** Every request so far, those hit by a fault included. */
  readonly seen: readonly SeenRequest[];
  /** Sets what happens to requests from now on. */
  mode(name: FaultMode, options?: FaultOptions): void;
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on a free local port that passes requests on to `target` and misbehaves when told to. It keeps
 * the Host header, so requests signed for the proxy's address stay valid at the target.
 */
export async function startFaultProxy(options: { readonly target: string }): Promise<FaultProxy> {
  const seen: SeenRequest[] = [];
  const agent = new Agent({ keepAlive: true });
  let fault: { readonly name: FaultMode; readonly options: FaultOptions } = { name: 'ok', options: {} };
  let hits = 0;

  function faultOf(seenRequest: SeenRequest): FaultMode {
    const { times = Infinity, when = () => true } = fault.options;
    if (fault.name === 'ok' || hits >= times || !when(seenRequest)) return 'ok';
    hits += 1;
    return fault.name;
  }

  const server = createServer((incoming, outgoing) => {
    const seenRequest = { method: incoming.method ?? '', url: incoming.url ?? '' };
    seen.push(seenRequest);
    const name = faultOf(seenRequest);
    if (name === 'hang') incoming.resume();
    else if (name === 'refuse') incoming.socket.destroy();
    else if (name === 'error500') answer(incoming, outgoing, 500, 'InternalError');
    else if (name === 'error403') answer(incoming, outgoing, 403, 'AccessDenied');
    else forward(incoming, outgoing, name, fault.options.bytes ?? 1000);
  });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, name: FaultMode, bytes: number): void {
    const { method, headers, url = '/' } = incoming;
    const upstream = request(new URL(url, options.target), { method, headers, agent, setHost: false }, (response) => {
      if (name === 'lose') return void incoming.socket.destroy();
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      const cut = (): void => outgoing.socket?.destroySoon();
      const spoiled = spoiler(name, bytes, cut);
      outgoing.once('close', () => spoiled.destroy());
      response.pipe(spoiled).pipe(outgoing);
    });
    upstream.once('error', () => outgoing.destroy());
    outgoing.once('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    mode(name, faultOptions = {}) {
      fault = { name, options: faultOptions };
      hits = 0;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

/** Answers as S3 does, after the request's last byte: else the client may see a broken connection instead. */
function answer(incoming: IncomingMessage, outgoing: ServerResponse, status: number, code: string): void {
  incoming.resume().once('end', () => {
    outgoing.writeHead(status, { 'content-type': 'application/xml' });
    outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>by the fault proxy</Message></Error>`);
  });
}

/** Passes a body on as the mode says. */
function spoiler(name: FaultMode, bytes: number, cut: () => void): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const at = bytes - passed;
      passed += chunk.length;
      if (name === 'cut' && at < chunk.length) {
        if (at >= 0) this.push(chunk.subarray(0, at));
        if (at >= 0) setImmediate(cut);
        return;
      }
      if (name === 'flip' && at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 0xff;
      if (name === 'slow') void drip(this, chunk, bytes).then(() => done());
      else done(null, chunk);
    },
  });
}

/** Pushes a chunk in ten pieces per second. */
async function drip(stream: Transform, chunk: Buffer, bytesPerSecond: number): Promise<void> {
  const step = Math.max(1, Math.round(bytesPerSecond / 10));
  for (let start = 0; start < chunk.length && !stream.destroyed; start += step) {
    await sleep(100);
    stream.push(chunk.subarray(start, start + step));
  }
}
