import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connect } from 'amqplib';
import { ManagedProcess } from '../../services/managed-process.ts';
import { runCommand } from '../../services/run-command.ts';
import { waitUntil } from '../../services/wait-until.ts';

export interface BrokerNodeOptions {
  /** The path of rabbitmq-server, with rabbitmqctl beside it. */
  readonly program: string;
  /** 1, 2, 3: all nodes share one port mapper, so their names and the ports it tells differ. */
  readonly number: number;
  /** An address of the loopback that is this node's alone, as a machine's would be. */
  readonly address: string;
  readonly portMapperPort: number;
  readonly folder: string;
  readonly cookie: string;
  /** A node of the cluster to join; without one this is the first. */
  readonly join?: BrokerNode | undefined;
}

/**
 * Seconds without a sign of life after which nodes take another for gone, by the broker's own connections. The default
 * is 60; kills are noticed at once either way.
 */
const NET_TICK_SECONDS = 10;

/** One RabbitMQ node of a cluster, with the ports for clients that it has on a machine of its own. */
export class BrokerNode {
  readonly name: string;
  readonly address: string;
  readonly #options: BrokerNodeOptions;
  #process: ManagedProcess | undefined;

  private constructor(options: BrokerNodeOptions) {
    this.#options = options;
    this.address = options.address;
    this.name = `tessera-${String(options.number)}@${options.address}`;
  }

  /** Writes the settings; the node is not started yet. */
  static async create(options: BrokerNodeOptions): Promise<BrokerNode> {
    const node = new BrokerNode(options);
    const { folder, cookie, join: peer } = options;
    await mkdir(join(folder, 'data'), { recursive: true });
    const settings = [
      `listeners.tcp.local = ${node.address}:5672`,
      `management.tcp.ip = ${node.address}`,
      'cluster_partition_handling = pause_minority',
      'log.console.level = info',
      'disk_free_limit.absolute = 50MB',
      'vm_memory_high_watermark.absolute = 1GB',
      ...(peer
        ? [
            'cluster_formation.peer_discovery_backend = classic_config',
            `cluster_formation.classic_config.nodes.1 = ${peer.name}`,
          ]
        : []),
    ];
    await writeFile(join(folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
    await writeFile(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n');
    await writeFile(join(folder, 'rabbitmq-env.conf'), '');
    await writeFile(join(folder, '.erlang.cookie'), cookie, { mode: 0o400 });
    return node;
  }

  /** @param vhost without one the broker's default. */
  url(user: string, password: string, vhost = ''): string {
    return `amqp://${user}:${password}@${this.address}:5672${vhost}`;
  }

  /** Base of the management interface. */
  get managementUrl(): string {
    return `http://${this.address}:15672`;
  }

  get running(): boolean {
    return this.#process?.running ?? false;
  }

  /** Starts the node, with the data it had, and waits until it takes clients. */
  async start(): Promise<void> {
    const { program, folder } = this.#options;
    const started = new ManagedProcess({
      program,
      args: [],
      env: this.#env,
      cwd: folder,
      output: join(folder, 'output.log'),
    });
    this.#process = started;
    await waitUntil(
      `${this.name} answers`,
      () => {
        if (!started.running) throw new Error(`${this.name} ended:\n${started.printed}`);
        return this.answers();
      },
      { ms: 120_000, every: 250 },
    );
  }

  /** SIGKILL to the node; its data stays. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** Runs `rabbitmqctl` against this node. */
  ctl(...args: readonly string[]): Promise<string> {
    return this.#tool('rabbitmqctl', args);
  }

  /** Runs `rabbitmq-queues` against this node. */
  queues(...args: readonly string[]): Promise<string> {
    return this.#tool('rabbitmq-queues', args);
  }

  /** Runs commands of a shell on the node's machine, in which its tools are found and know which node it is. */
  shell(commands: string): Promise<string> {
    const { program, folder } = this.#options;
    const path = `${dirname(program)}:${process.env.PATH ?? ''}`;
    return runCommand('bash', ['-e', '-c', commands], { env: { ...this.#env, PATH: path }, cwd: folder });
  }

  #tool(name: string, args: readonly string[]): Promise<string> {
    const { program, folder } = this.#options;
    const command = join(dirname(program), name);
    return runCommand(command, ['--longnames', '--node', this.name, ...args], { env: this.#env, cwd: folder });
  }

  /** Whether it takes clients. */
  async answers(): Promise<boolean> {
    try {
      const model = await connect(this.url('guest', 'guest'), { timeout: 2000 });
      await model.close();
      return true;
    } catch {
      return false;
    }
  }

  get #env(): Record<string, string | undefined> {
    const { number, folder, portMapperPort } = this.#options;
    const tuple = `{${this.address.replaceAll('.', ',')}}`;
    return {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: folder,
      ERL_EPMD_PORT: String(portMapperPort),
      RABBITMQ_USE_LONGNAME: 'true',
      RABBITMQ_NODENAME: this.name,
      RABBITMQ_DIST_PORT: String(25_672 + number),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_PID_FILE: join(folder, 'pid'),
      // Both ends of what the nodes say to one another are theirs, so that a firewall rule can part them.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
        `-kernel inet_dist_use_interface ${tuple} -kernel inet_dist_connect_options [{ip,${tuple}}] ` +
        `-kernel net_ticktime ${String(NET_TICK_SECONDS)}`,
      // The start script then becomes the virtual machine instead of waiting for it: its pid is the server's.
      RUNNING_UNDER_SYSTEMD: 'true',
    };
  }
}
