import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Namespace } from './testing/namespace.ts';

const file = (name: string): string => fileURLToPath(new URL(`testing/tls/${name}`, import.meta.url));

describe('a RabbitMQ broker over TLS', () => {
  const namespace = new Namespace(inject('amqpUrl'));
  let terminator: Server;
  let url: string;

  beforeAll(async () => {
    const broker = new URL(inject('amqpUrl'));
    const settings = { key: readFileSync(file('localhost.key.pem')), cert: readFileSync(file('localhost.cert.pem')) };
    terminator = createServer(settings, (client) => {
      const server = connect(Number(broker.port || 5672), broker.hostname);
      client.pipe(server).pipe(client);
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
    }).listen(0, '127.0.0.1');
    await once(terminator, 'listening');
    const secure = new URL(broker.href.replace(/^amqp:/, 'amqps:'));
    secure.hostname = 'localhost';
    secure.port = String((terminator.address() as AddressInfo).port);
    url = secure.href;
  });
  afterAll(async () => {
    await namespace.remove();
    terminator.close();
  });

  it('works with the certificates of caFile', async () => {
    const broker = await namespace.open({ url, caFile: file('localhost.cert.pem') });
    await broker.publish('tasks', 1, { messageId: 'a' });
    expect(broker.status().connected).toBe(true);
    await broker.close();
  });

  it('fails at once on a certificate that nobody vouches for', async () => {
    await expect(namespace.open({ url })).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: expect.stringContaining('certificate of the message broker was refused') as string,
    });
  });

  it('gives up a server that accepts and does not shake hands', async () => {
    const plain = new URL(url);
    // A port that speaks no TLS: RabbitMQ waits for the AMQP header, and the client for the handshake.
    plain.port = new URL(inject('amqpUrl')).port;
    const begun = performance.now();
    const opening = namespace.open({
      url: plain.href,
      connectTimeoutMilliseconds: 500,
      startTimeoutMilliseconds: 1,
    });
    await expect(opening).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
