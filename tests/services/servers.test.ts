import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'amqplib';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { PostgresServer } from './postgres.ts';
import { RabbitMqServer } from './rabbitmq.ts';
import { S3Server } from './s3.ts';
import type { TestServer } from './test-server.ts';
import { long } from './long.ts';

async function leavesNothing(server: TestServer): Promise<void> {
  const pid = await server.pid();
  const { folder } = server;
  expect(existsSync(folder)).toBe(true);
  await server.stop();
  expect(existsSync(`/proc/${String(pid)}`)).toBe(false);
  expect(existsSync(folder)).toBe(false);
}

describe('RabbitMqServer', () => {
  it.runIf(long)(
    'keeps durable messages over kill and restart, and loses them with wipe',
    { timeout: 180_000 },
    async () => {
      const server = await RabbitMqServer.create();
      const { url, pid } = await server.start();
      const first = await connect(url);
      first.on('error', () => undefined);
      const channel = await first.createConfirmChannel();
      channel.on('error', () => undefined);
      await channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      channel.sendToQueue('kept', Buffer.from('body'), { persistent: true });
      await channel.waitForConfirms();
      // RabbitMQ 3.10 writes the directory of its quorum queues once a second.
      await delay(2000);
      await server.kill();
      expect(existsSync(`/proc/${String(pid)}`)).toBe(false);

      expect((await server.start()).url).toBe(url);
      const second = await connect(url);
      const message = await (await second.createChannel()).get('kept', { noAck: true });
      expect(message && message.content.toString()).toBe('body');
      await second.close();

      await server.wipe();
      await server.start();
      expect(await server.ctl(['list_queues', '--quiet', 'name'])).not.toContain('kept');
      await leavesNothing(server);
    },
  );
});

describe('PostgresServer', () => {
  it.runIf(long)(
    'keeps committed rows over kill and restart, and loses them with wipe',
    { timeout: 120_000 },
    async () => {
      const server = await PostgresServer.create();
      const { url } = await server.start();
      await query(url, 'create table kept (id int); insert into kept values (1)');
      await server.kill();
      await server.start();
      await server.restart();
      expect(await query(url, 'select id from kept')).toEqual([{ id: 1 }]);
      await server.wipe();
      await server.start();
      await expect(query(url, 'select id from kept')).rejects.toThrow('does not exist');
      await leavesNothing(server);
    },
  );
});

describe('S3Server', () => {
  it('keeps objects over kill and restart', { timeout: 60_000 }, async () => {
    const server = await S3Server.create();
    await server.start();
    const { endpoint, region, accessKeyId, secretAccessKey, bucket } = await server.provide('own-bucket');
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a/b', Body: 'text', ContentType: 'text/plain' }));
    await server.kill();
    await server.start();
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a/b' }));
    expect(await object.Body?.transformToString()).toBe('text');
    expect(object.ContentType).toBe('text/plain');
    client.destroy();
    await leavesNothing(server);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
