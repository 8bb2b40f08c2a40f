import { Cluster, type ClusterOptions, type ClusterServers } from '../tests/cluster/cluster.ts';
import { PostgresServer } from '../tests/services/postgres.ts';
import { RabbitMqServer } from '../tests/services/rabbitmq.ts';
import { S3Server } from '../tests/services/s3.ts';

/** Runs a measurement on a fresh cluster on fresh real servers, and ends them all. */
export async function withCluster<Answer>(
  options: ClusterOptions,
  measure: (cluster: Cluster) => Promise<Answer>,
): Promise<Answer> {
  const servers = [await RabbitMqServer.create(), await PostgresServer.create(), await S3Server.create()] as const;
  try {
    const [broker, database, objects] = servers;
    const [amqp, postgres] = await Promise.all([broker.start(), database.start(), objects.start()]);
    const urls: ClusterServers = { amqpUrl: amqp.url, postgresUrl: postgres.url, s3: await objects.provide('bench') };
    const cluster = await Cluster.start(urls, {
      ...options,
      env: {
        LOG_LEVEL: 'warn',
        RATE_LIMIT_REQUESTS_PER_MINUTE: '0',
        RATE_LIMIT_UPLOADS_PER_MINUTE: '0',
        ...options.env,
      },
    });
    try {
      return await measure(cluster);
    } finally {
      await cluster.stop();
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
