import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { ConnectionWatch } from './connection-watch.ts';

let server: Server;
let port: number;
let watch: ConnectionWatch;
const agent = new Agent({ keepAlive: true });

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

async function serve(listener: RequestListener): Promise<void> {
  server = createServer(listener);
  watch = new ConnectionWatch(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
}

async function get(path = '/'): Promise<{ connection: string | undefined; text: string }> {
  const [response] = (await once(request({ port, path, agent }).end(), 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return { connection: response.headers.connection, text };
}

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

test('requests are taken while the end is announced, and each answer ends its connection', async () => {
  const waiting = Promise.withResolvers<void>();
  await serve((request, response) => {
    if (request.url === '/slow') void waiting.promise.then(() => response.end('slow'));
    else response.end('fast');
  });
  expect(await get()).toEqual({ connection: 'keep-alive', text: 'fast' });
  const slow = get('/slow');
  await delay(50);
  watch.announceEnd();
  expect(await get()).toEqual({ connection: 'close', text: 'fast' });
  waiting.resolve();
  expect(await slow).toEqual({ connection: 'close', text: 'slow' });
});

test('kept connections without a request end at once, those with one after their answer', async () => {
  const waiting = Promise.withResolvers<void>();
  await serve((request, response) => {
    if (request.url === '/slow') void waiting.promise.then(() => response.end('slow'));
    else response.end('fast');
  });
  const slow = get('/slow');
  await delay(50);
  await get();
  const begun = performance.now();
  await watch.stopAccepting();
  const drained = watch.drain(5000);
  await expect(get()).rejects.toMatchObject({ code: expect.stringMatching(/ECONN(REFUSED|RESET)/) as string });
  waiting.resolve();
  expect((await slow).text).toBe('slow');
  await drained;
  expect(performance.now() - begun).toBeLessThan(900);
});

test('a connection that was made just before is answered, and one that stays silent is ended', async () => {
  await serve((_request, response) => response.end('there'));
  const [speaks, silent] = await Promise.all([open(), open()]);
  await watch.stopAccepting();
  const drained = watch.drain(5000);
  await delay(200);
  let answer = '';
  speaks.setEncoding('utf8').on('data', (text: string) => (answer += text));
  speaks.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await Promise.all([once(speaks, 'close'), once(silent, 'close')]);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n(.*\r\n)*Connection: close\r\n(.*\r\n)*\r\n5?\r?\n?there/);
  await drained;
});

test('no connection that was made before the end is reset, however busy the process is', async () => {
  await serve((_request, response) => response.end('there'));
  // All in one go: most of them still wait in the kernel when the end comes.
  const sockets = Array.from({ length: 100 }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('connect', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    return socket;
  });
  const answers = sockets.map(async (socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await new Promise((resolve) => socket.once('close', resolve));
    return text.slice(0, 15);
  });
  await once(sockets[0]!, 'connect');
  await watch.stopAccepting();
  await watch.drain(5000);
  const told = await Promise.all(answers);
  expect(told.filter((text) => text === 'HTTP/1.1 200 OK')).toHaveLength(100);
});

test('requests that take too long are cut off', async () => {
  await serve(() => undefined);
  const endless = expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await delay(50);
  await watch.stopAccepting();
  await watch.drain(100);
  await endless;
});
