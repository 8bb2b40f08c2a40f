import { readFile } from 'node:fs/promises';
import { createRabbitMqBroker } from '@tessera/queue/rabbitmq';
import { silentLogger } from '@tessera/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../services/free-port.ts';
import { RabbitMqServer } from '../../services/rabbitmq.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../engine/long.ts';
import { Prometheus } from './prometheus.ts';
import { WATCHING, expressionsOf, figuresIn, figuresOf, readDashboard } from './watching-files.ts';

describe.runIf(long)('figures of RabbitMQ', () => {
  const server = { broker: undefined as RabbitMqServer | undefined, url: '', port: 0 };

  beforeAll(async () => {
    server.broker = await RabbitMqServer.create();
    server.url = (await server.broker.start()).url;
    server.port = await freePort();
    // The plugin is started as it is, without the file of enabled plugins, which belongs to the node's start.
    const start = `
      code:add_pathsz(filelib:wildcard(filename:join([os:getenv("RABBITMQ_HOME", "/usr/lib/rabbitmq/lib/rabbitmq_server-*"),
        "plugins", "*", "ebin"]))),
      application:load(rabbitmq_prometheus),
      application:set_env(rabbitmq_prometheus, tcp_config, [{ip, "127.0.0.1"}, {port, ${server.port}}]),
      {ok, _} = application:ensure_all_started(rabbitmq_prometheus), started.`;
    expect(await server.broker.ctl(['eval', start])).toContain('started');
  });
  afterAll(() => server.broker?.stop());

  it('hold what dashboard and alerts ask for, and the example scrapes them', async () => {
    const master = await createRabbitMqBroker({
      url: server.url,
      name: 'master',
      role: 'master',
      declare: true,
      logger: silentLogger(),
    });
    await master.consume('events', { prefetch: 1 }, (delivery) => delivery.ack());
    await master.publish('tasks', { any: 1 }, { messageId: 'a' });
    const read = async (path: string): Promise<string> =>
      (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
    const detailed = '/metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count';
    const known = new Set([...figuresOf(await read('/metrics')), ...figuresOf(await read(detailed))]);
    const rules = await readFile(`${WATCHING}/prometheus-alerts.yml`, 'utf8');
    const asked = [...figuresIn(`${expressionsOf(await readDashboard()).join('\n')}\n${rules}`)];
    const ofBroker = asked.filter((name) => name.startsWith('rabbitmq_'));
    expect(ofBroker.length).toBeGreaterThan(4);
    expect(ofBroker.filter((name) => !known.has(name))).toEqual([]);

    const settings = (await readFile(`${WATCHING}/prometheus.yml`, 'utf8'))
      .replaceAll('15s', '1s')
      .replaceAll('broker.internal:15692', `127.0.0.1:${server.port}`)
      // The test's queues are in the default virtual host.
      .replace('vhost: [tessera]', `vhost: ['/']`)
      .replace(/ {2}- job_name: tessera-master[^]*(?= {2}- job_name: rabbitmq\n)/, '');
    const prometheus = await Prometheus.start({ 'prometheus.yml': settings, 'prometheus-alerts.yml': rules });
    try {
      const value = async (expr: string): Promise<string | undefined> => (await prometheus.query(expr))[0]?.value[1];
      const waiting = 'rabbitmq_detailed_queue_messages_ready{queue="tessera.tasks.v1"}';
      // The node refreshes its figures every five seconds.
      await waitUntil('the message is seen', async () => (await value(waiting)) === '1', { ms: 30_000, every: 500 });
      expect(await value('rabbitmq_detailed_queue_consumers{queue="tessera.events.v1"}')).toBe('1');
      expect(await value('rabbitmq_detailed_queue_consumers{queue="tessera.dead.v1"}')).toBe('0');
      await waitUntil(
        'the missing consumer of dead letters is noticed',
        async () => {
          const labels = '{alertname="TesseraQueueWithoutConsumer", queue="tessera.dead.v1"}';
          return (await prometheus.query(`ALERTS${labels}`)).length > 0;
        },
        { ms: 20_000, every: 500 },
      );
    } finally {
      await prometheus.stop();
      await master.close();
    }
  });
});
