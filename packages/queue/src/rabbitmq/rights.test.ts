import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RabbitMqServer } from '../../../../tests/services/rabbitmq.ts';
import type { Broker } from '../broker.ts';
import { createRabbitMqBroker } from './rabbitmq-broker.ts';
import { long } from '../../../../tests/services/long.ts';

const PASSWORD = 'of-the-tests';

interface User {
  readonly name: string;
  readonly password: string;
}

/** The program that writes them where everything runs in containers; the other ways to install give the same rights. */
const DEFINITIONS = new URL('../../../../config/compose/broker-definitions.mjs', import.meta.url);
type Definitions = (users: Readonly<Record<'master' | 'executor' | 'operator', User>>) => string;

describe('users with the rights that operators give them', () => {
  let server: RabbitMqServer;
  let url: string;
  let folder: string;
  const brokers: Broker[] = [];

  beforeAll(async () => {
    server = await RabbitMqServer.create();
    ({ url } = await server.start());
    folder = await mkdtemp(join(tmpdir(), 'broker-rights-'));
    const { brokerDefinitions } = (await import(DEFINITIONS.href)) as { brokerDefinitions: Definitions };
    const user = (name: string): User => ({ name, password: PASSWORD });
    const users = { master: user('master'), executor: user('executor'), operator: user('operator') };
    await writeFile(join(folder, 'definitions.json'), brokerDefinitions(users));
    await server.ctl(['import_definitions', join(folder, 'definitions.json')]);
  });
  afterEach(async () => {
    await Promise.all(brokers.splice(0).map((broker) => broker.close()));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(role: 'master' | 'executor'): Promise<Broker> {
    const own = new URL(url);
    Object.assign(own, { username: role, password: PASSWORD, pathname: '/tessera' });
    const broker = await createRabbitMqBroker({
      url: own.href,
      name: role,
      role,
      declare: role === 'master',
      logger: silentLogger(),
      drainMilliseconds: 500,
    });
    brokers.push(broker);
    return broker;
  }

  it('let an executor have an inbox, whose rejected messages become dead letters, and touch nothing else', async () => {
    const master = await open('master');
    const executor = await open('executor');
    const seen: unknown[] = [];
    const inbox = await executor.openInbox({ prefetch: 1 }, (delivery) => {
      seen.push(delivery.body);
      if (delivery.body === 'bad') delivery.deadLetter();
      else delivery.ack();
    });
    for (const body of ['good', 'bad']) await master.send(inbox.address ?? '', body, { messageId: body });
    await vi.waitFor(async () => expect(await master.depth('dead')).toBe(1), { timeout: 10_000 });
    expect(seen).toEqual(['good', 'bad']);
    await expect(executor.publish('tasks', 'forged', { messageId: 'forged' })).rejects.toMatchObject({
      code: 'BROKER_UNAVAILABLE',
    });
    await expect(executor.consume('dead', { prefetch: 1 }, () => undefined)).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    });
  });

  it.runIf(long)('from before there were inboxes refuse one, and everything else goes on', async () => {
    const own = '^tessera\\.(control|presence)\\.v1\\..*';
    const write = `(${own})|^tessera\\.(events|presence)\\.v1$`;
    const read = `(${own})|^tessera\\.(tasks|control)\\.v1$`;
    await server.ctl(['set_permissions', '-p', 'tessera', 'executor', own, write, read]);
    const master = await open('master');
    const executor = await open('executor');
    await expect(executor.openInbox({ prefetch: 1 }, () => undefined)).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    });
    const seen: unknown[] = [];
    await executor.consume('tasks', { prefetch: 1 }, (delivery) => {
      seen.push(delivery.body);
      delivery.ack();
    });
    await master.publish('tasks', 'common', { messageId: 'common' });
    await vi.waitFor(() => expect(seen).toEqual(['common']), { timeout: 10_000 });
  });
});
