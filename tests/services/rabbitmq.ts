import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { DockerImage } from './docker.ts';
import { findProgram } from './find-program.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';
import { runCommand } from './run-command.ts';
import { findServer, fromDebian } from './server-source.ts';
import type { ServerTls } from './server-tls.ts';
import { TestServer, type ServerCommand, type ServerPlace, type ServerSource } from './test-server.ts';

/**
 * A RabbitMQ node of its own: own cookie, own port mapper, so that several may run beside one another and the system's.
 *
 * A quorum queue that was declared less than about a second before `kill()` may come back without a leader (seen with
 * 3.10: reads then fail with 541): let two seconds pass between the two.
 */
export class RabbitMqServer extends TestServer {
  protected readonly name = 'rabbitmq';
  protected readonly stopSignal = 'SIGTERM';
  protected readonly image: DockerImage = { image: 'rabbitmq:4', port: 5672, env: {} };
  readonly #node = `tessera-${randomBytes(4).toString('hex')}@localhost`;
  #portMapper: { readonly port: number; readonly process: ManagedProcess } | undefined;
  #distributionPort = 0;

  readonly #tls: ServerTls | undefined;

  private constructor(source: ServerSource, tls: ServerTls | undefined) {
    super(source);
    this.#tls = tls;
  }

  /** Finds or installs RabbitMQ; the server is not started yet. */
  static async create(tls?: ServerTls): Promise<RabbitMqServer> {
    const source = await findServer({
      name: 'RabbitMQ',
      variable: 'TESSERA_TEST_AMQP_URL',
      // The scripts of the package itself: those on the PATH change to the user rabbitmq.
      find: () =>
        findProgram(['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/rabbitmq/sbin/rabbitmq-server', 'rabbitmq-server']),
      install: fromDebian('rabbitmq-server'),
    });
    return new RabbitMqServer(source, tls);
  }

  /** Runs `rabbitmqctl` against this node. */
  ctl(args: readonly string[]): Promise<string> {
    if (this.container) return this.container.exec(['rabbitmqctl', ...args]);
    const { env, cwd } = this.command(this.place);
    return runCommand(join(dirname(this.program), 'rabbitmqctl'), ['--node', this.#node, ...args], { env, cwd });
  }

  /** Adds virtual hosts, each a broker of its own to whoever uses it; in one call, for each takes seconds. */
  async addVirtualHosts(names: readonly string[]): Promise<void> {
    const list = names.map((name) => `<<"${name}">>`).join(', ');
    await this.ctl([
      'eval',
      `[begin rabbit_vhost:add(V, <<"tests">>), rabbit_auth_backend_internal:set_permissions(` +
        `<<"guest">>, V, <<".*">>, <<".*">>, <<".*">>, <<"tests">>) end || V <- [${list}]].`,
    ]);
  }

  override async wipe(): Promise<void> {
    await super.wipe();
    await this.#portMapper?.process.kill();
    this.#portMapper = undefined;
  }

  protected override async prepare(place: ServerPlace): Promise<void> {
    this.#distributionPort ||= await freePort();
    const settings = [
      ...this.#listeners(place.port),
      'log.console.level = warning',
      'disk_free_limit.absolute = 50MB',
      'vm_memory_high_watermark.absolute = 1GB',
    ];
    await writeFile(join(place.folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
    await writeFile(join(place.folder, 'enabled_plugins'), '[].\n');
    await writeFile(join(place.folder, 'rabbitmq-env.conf'), '');
    await this.#startPortMapper(place);
  }

  #listeners(port: number): readonly string[] {
    const tls = this.#tls;
    if (!tls) return [`listeners.tcp.local = 127.0.0.1:${String(port)}`];
    const files = { cacertfile: tls.caFile, certfile: tls.cert, keyfile: tls.key };
    return [
      'listeners.tcp = none',
      `listeners.ssl.local = 127.0.0.1:${String(port)}`,
      ...Object.entries(files).map(([name, path]) => `ssl_options.${name} = ${path}`),
    ];
  }

  protected override command(place: ServerPlace): ServerCommand {
    const env = {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: place.folder,
      ERL_EPMD_PORT: String(this.#portMapper?.port),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: this.#node,
      RABBITMQ_NODE_PORT: String(place.port),
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_DIST_PORT: String(this.#distributionPort),
      RABBITMQ_MNESIA_BASE: place.data,
      RABBITMQ_LOG_BASE: join(place.folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONFIG_FILE: join(place.folder, 'rabbitmq.conf'),
      RABBITMQ_CONF_ENV_FILE: join(place.folder, 'rabbitmq-env.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(place.folder, 'enabled_plugins'),
      RABBITMQ_PID_FILE: join(place.folder, 'pid'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      // The start script then becomes the virtual machine instead of waiting for it: its pid is the server's.
      RUNNING_UNDER_SYSTEMD: 'true',
    };
    return { program: this.program, args: [], env, cwd: place.folder };
  }

  protected override urlOf(port: number): string {
    return this.#tls ? `amqps://guest:guest@localhost:${String(port)}` : `amqp://guest:guest@127.0.0.1:${String(port)}`;
  }

  /** Sends the protocol header; a working broker answers with a method frame (type 1: connection.start). */
  protected override answers(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = this.#tls
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
        : connect(port, '127.0.0.1');
      const finish = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.setTimeout(2000, () => {
        finish(false);
      });
      socket.on('error', () => {
        finish(false);
      });
      socket.on('close', () => {
        finish(false);
      });
      socket.on(this.#tls ? 'secureConnect' : 'connect', () => socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1')));
      socket.on('data', (bytes) => {
        finish(bytes[0] === 1);
      });
    });
  }

  /** Erlang's port mapper in the foreground, so that it ends with the tests; a node would start one that stays. */
  async #startPortMapper(place: ServerPlace): Promise<void> {
    if (this.#portMapper?.process.running) return;
    const program = findProgram(['epmd', '/usr/lib/erlang/bin/epmd', '/usr/lib/erlang/erts-*/bin/epmd']);
    if (program === undefined) throw new Error('epmd, which belongs to Erlang, was not found: install erlang-base.');
    const port = await freePort();
    const args = ['-address', '127.0.0.1', '-port', String(port)];
    const output = join(place.folder, 'epmd.log');
    this.#portMapper = {
      port,
      process: new ManagedProcess({ program, args, env: { PATH: process.env.PATH }, cwd: '/', output }),
    };
  }
}
