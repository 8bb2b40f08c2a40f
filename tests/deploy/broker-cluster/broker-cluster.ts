import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { findProgram } from '../../services/find-program.ts';
import { freePort } from '../../services/free-port.ts';
import { ManagedProcess } from '../../services/managed-process.ts';
import { findServer, fromDebian } from '../../services/server-source.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { BrokerNode } from './broker-node.ts';
import { createBrokerUsers, type BrokerUsers } from './broker-users.ts';

/** What the broker tells of a quorum queue. */
export interface QueueState {
  readonly name: string;
  /** Names of nodes. */
  readonly leader: string;
  readonly members: readonly string[];
  readonly online: readonly string[];
  /** Ready and unacknowledged. */
  readonly messages: number;
}

/** Three RabbitMQ nodes that form one broker, each on an address of its own. */
export class BrokerCluster {
  readonly nodes: readonly BrokerNode[];
  readonly #portMapper: ManagedProcess;
  readonly #folder: TemporaryFolder;
  #users: BrokerUsers = new Map();

  private constructor(nodes: readonly BrokerNode[], portMapper: ManagedProcess, folder: TemporaryFolder) {
    this.nodes = nodes;
    this.#portMapper = portMapper;
    this.#folder = folder;
  }

  /** Finds or installs RabbitMQ, starts three nodes, joins them, and makes the users of the example for Kubernetes. */
  static async start(): Promise<BrokerCluster> {
    const program = await findRabbitMq();
    const folder = await createTemporaryFolder('broker-cluster');
    const network = `127.${String(randomInt(1, 255))}.${String(randomInt(1, 255))}`;
    const addresses = [1, 2, 3].map((host) => `${network}.${String(host)}`);
    const portMapperPort = await freePort();
    const portMapper = startPortMapper(addresses, portMapperPort, folder.path);
    const cookie = randomBytes(16).toString('hex');
    const nodes: BrokerNode[] = [];
    for (const [index, address] of addresses.entries()) {
      const number = index + 1;
      const place = { number, address, portMapperPort, folder: join(folder.path, `node-${String(number)}`) };
      nodes.push(await BrokerNode.create({ program, cookie, join: nodes[0], ...place }));
    }
    const cluster = new BrokerCluster(nodes, portMapper, folder);
    try {
      const [first, ...others] = nodes;
      await first?.start();
      await Promise.all(others.map((node) => node.start()));
      const node = await cluster.alive();
      await node.ctl('await_online_nodes', '3', '--timeout', '60');
      cluster.#users = await createBrokerUsers(node.managementUrl);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** The value of `AMQP_URL` for a user of the example's: all nodes. */
  url(user: string): string {
    const password = this.password(user);
    return this.nodes.map((node) => node.url(user, password, '/tessera')).join(',');
  }

  password(user: string): string {
    const password = this.#users.get(user);
    if (password === undefined) throw new Error(`There is no user ${user}.`);
    return password;
  }

  /** A node that takes clients: one that sees no majority runs and does not. */
  async alive(): Promise<BrokerNode> {
    for (const node of this.nodes) if (node.running && (await node.answers())) return node;
    throw new Error('No node of the broker takes clients.');
  }

  async queues(): Promise<readonly QueueState[]> {
    const columns = ['name', 'leader', 'members', 'online', 'messages'];
    const node = await this.alive();
    const table = await node.ctl('list_queues', '--vhost', 'tessera', '--quiet', '--formatter', 'json', ...columns);
    return (JSON.parse(table) as QueueState[]).filter(({ members }) => Array.isArray(members));
  }

  async queue(name: string): Promise<QueueState> {
    const queue = (await this.queues()).find((candidate) => candidate.name === name);
    if (!queue) throw new Error(`There is no queue ${name}.`);
    return queue;
  }

  /** The node that leads a queue, and one that follows. */
  async roles(name: string): Promise<{ readonly leader: BrokerNode; readonly follower: BrokerNode }> {
    const state = await this.queue(name);
    const leader = this.nodes.find((node) => node.name === state.leader);
    const follower = this.nodes.find((node) => node.running && node.name !== state.leader);
    if (!leader || !follower) throw new Error(`${name} has no leader or no follower.`);
    return { leader, follower };
  }

  /** Waits until every queue has three members that work. */
  async waitUntilWhole(): Promise<void> {
    const isWhole = async (): Promise<boolean> => {
      const queues = await this.queues().catch(() => []);
      return queues.length > 0 && queues.every(({ online }) => online.length === 3);
    };
    await waitUntil('all queues have three members online', isWhole, { ms: 90_000, every: 500 });
  }

  /** Ends the nodes and deletes their data. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.#portMapper.kill();
    await this.#folder.remove();
  }
}

/** Erlang's port mapper on the addresses of all nodes and on 127.0.0.1, where they make themselves known. */
function startPortMapper(addresses: readonly string[], port: number, folder: string): ManagedProcess {
  const program = findProgram(['epmd', '/usr/lib/erlang/bin/epmd', '/usr/lib/erlang/erts-*/bin/epmd']);
  if (program === undefined) throw new Error('epmd, which belongs to Erlang, was not found: install erlang-base.');
  const args = ['-address', addresses.join(','), '-port', String(port)];
  return new ManagedProcess({
    program,
    args,
    env: { PATH: process.env.PATH },
    cwd: '/',
    output: join(folder, 'epmd.log'),
  });
}

async function findRabbitMq(): Promise<string> {
  const source = await findServer({
    name: 'RabbitMQ',
    variable: 'TESSERA_TEST_AMQP_URL',
    find: () => findProgram(['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/rabbitmq/sbin/rabbitmq-server']),
    install: fromDebian('rabbitmq-server'),
  });
  if (source.kind === 'docker') throw new Error('The cluster of three needs RabbitMQ as a program of this machine.');
  return source.path;
}
