import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

describe('startTcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const sockets: Socket[] = [];

  /** A client, what it received so far, and how it ended. */
  const open = () => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    const seen = { socket, text: '', end: '' };
    sockets.push(socket);
    socket.on('data', (bytes) => (seen.text += bytes.toString()));
    socket.on('end', () => (seen.end ||= 'fin'));
    socket.on('error', (error: NodeJS.ErrnoException) => (seen.end ||= String(error.code)));
    return seen;
  };
  const echoes = async (seen: ReturnType<typeof open>, text: string) => {
    seen.socket.write(text);
    await vi.waitFor(() => expect(seen.text).toContain(text));
  };

  beforeEach(async () => {
    echo = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await startTcpProxy({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
  });
  afterEach(async () => {
    await proxy.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    echo.close();
  });

  it('passes bytes and ends in both directions', async () => {
    const client = open();
    await echoes(client, 'hello');
    expect(proxy.connections).toBe(1);
    client.socket.end();
    await vi.waitFor(() => expect(client.end).toBe('fin'));
    await vi.waitFor(() => expect(proxy.connections).toBe(0));
  });

  it('refuses new connections only, on the same port before and after', async () => {
    const { port } = proxy;
    const early = open();
    await echoes(early, 'a');
    await proxy.mode('refuse');
    const refused = open();
    await vi.waitFor(() => expect(refused.end).toBe('ECONNREFUSED'));
    await echoes(early, 'b');
    await proxy.mode('ok');
    expect(proxy.port).toBe(port);
    await echoes(open(), 'c');
  });

  it('lets new connections hang', async () => {
    const early = open();
    await echoes(early, 'a');
    await proxy.mode('hang');
    const hanging = open();
    hanging.socket.write('b');
    await echoes(early, 'c');
    await delay(100);
    expect(hanging).toMatchObject({ text: '', end: '' });
    expect(proxy.accepted).toBe(2);
  });

  it('resets or ends all connections', async () => {
    for (const [mode, end] of [
      ['rst', 'ECONNRESET'],
      ['fin', 'fin'],
    ] as const) {
      await proxy.mode('ok');
      const early = open();
      await echoes(early, mode);
      await proxy.mode(mode);
      await vi.waitFor(() => expect(early.end).toBe(end));
      const late = open();
      await vi.waitFor(() => expect(late.end).toBe(end));
    }
  });

  it('swallows everything, the end of the server too', async () => {
    const client = open();
    await echoes(client, 'a');
    await proxy.mode('blackhole');
    client.socket.write('b');
    for (const socket of sockets) if (socket !== client.socket) socket.destroy();
    await delay(100);
    expect(client).toMatchObject({ text: 'a', end: '' });
  });

  it('delays, and cuts after a number of bytes of the server', async () => {
    await proxy.mode({ delayMilliseconds: 100 });
    const slow = open();
    const begun = performance.now();
    await echoes(slow, 'a');
    expect(performance.now() - begun).toBeGreaterThan(180);
    await proxy.mode({ cutAfterBytes: 4 });
    const cut = open();
    await echoes(cut, 'abc');
    cut.socket.write('de');
    await vi.waitFor(() => expect(cut.end).toBe('ECONNRESET'));
  });
});
