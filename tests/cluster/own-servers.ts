import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { ClusterServers } from './cluster.ts';
import { ensureBucket } from '../services/s3.ts';
import { VIRTUAL_HOSTS } from '../services/virtual-hosts.ts';

/** A database, a bucket and a virtual host of its own on the shared servers. */
export async function ownServers(): Promise<ClusterServers> {
  const name = `site_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  // Counted in the database that all tests share, for they run in several processes.
  await client.query('CREATE SEQUENCE IF NOT EXISTS sites');
  const { rows } = await client.query<{ number: string }>(`SELECT nextval('sites') AS number`);
  await client.end();
  const amqpUrl = new URL(inject('amqpUrl'));
  // A broker that was named from outside has the hosts that it has.
  const host = VIRTUAL_HOSTS[Number(rows[0]?.number) % VIRTUAL_HOSTS.length];
  if (!process.env.TESSERA_TEST_AMQP_URL && host !== undefined) amqpUrl.pathname = `/${host}`;
  const postgresUrl = new URL(inject('postgresUrl'));
  postgresUrl.pathname = `/${name}`;
  const s3 = { ...inject('s3'), bucket: name.replace('_', '-') };
  await ensureBucket(s3);
  return { amqpUrl: amqpUrl.href, postgresUrl: postgresUrl.href, s3 };
}
