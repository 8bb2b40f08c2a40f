import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { ClusterServers } from './cluster.ts';
import { ensureBucket } from '../services/s3.ts';

/** A database and a bucket of its own on the shared servers; RabbitMQ is shared with no other site. */
export async function ownServers(): Promise<ClusterServers> {
  const name = `site_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const postgresUrl = new URL(inject('postgresUrl'));
  postgresUrl.pathname = `/${name}`;
  const s3 = { ...inject('s3'), bucket: name.replace('_', '-') };
  await ensureBucket(s3);
  return { amqpUrl: inject('amqpUrl'), postgresUrl: postgresUrl.href, s3 };
}
