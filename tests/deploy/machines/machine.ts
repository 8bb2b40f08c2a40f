import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { leaveLastWill } from '../../services/last-will.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { standIn, type DockerEngine, type EngineCommandOptions } from '../engine/index.ts';
import { checkout } from './checkout.ts';

export interface MachineOptions {
  /** A docker network that the machine is on, under its name and NAME.example; default: the engine's bridge. */
  readonly network?: string;
  /** The image that the machine runs; default: the stand-in `machine`. */
  readonly image?: string;
  /** Paths in the project that the machine has in its folder /tessera, without dependencies and what was built. */
  readonly checkout?: readonly string[];
  /** Folders of this machine that it sees, read-only: path there to path here. */
  readonly folders?: Readonly<Record<string, string>>;
}

/** A clean Debian 12 with systemd as PID 1, in a container. */
export class Machine {
  readonly name: string;
  readonly #engine: DockerEngine;
  readonly #container: string;
  readonly #withdraw: () => void;

  private constructor(engine: DockerEngine, name: string, container: string) {
    this.#engine = engine;
    this.name = name;
    this.#container = container;
    const removal = 'DOCKER_HOST="$1" docker rm --force --volumes "$2"';
    this.#withdraw = leaveLastWill(removal, engine.host, container);
  }

  /** Boots a machine and waits until it is up. */
  static async boot(engine: DockerEngine, name: string, options: MachineOptions = {}): Promise<Machine> {
    const container = `tessera-machine-${name}-${randomBytes(4).toString('hex')}`;
    const machine = new Machine(engine, name, container);
    const { network, image = await standIn(engine, 'machine'), checkout: paths = [], folders = {} } = options;
    const rights = ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'].flatMap((right) => ['--cap-add', right]);
    const open = ['seccomp=unconfined', 'apparmor=unconfined', 'systempaths=unconfined'];
    const place =
      network === undefined
        ? []
        : ['--network', network, '--network-alias', name, '--network-alias', `${name}.example`];
    await engine.docker([
      ...['create', '--name', container, '--hostname', name, ...place, ...rights],
      ...open.flatMap((option) => ['--security-opt', option]),
      // A docker engine inside needs a file system of its own below it, not the layers of this container.
      ...['--tmpfs', '/run:exec', '--tmpfs', '/run/lock', '--volume', '/sys/fs/cgroup:/sys/fs/cgroup'],
      ...Object.entries(folders).flatMap(([there, here]) => ['--volume', `${here}:${there}:ro`]),
      ...['--volume', '/var/lib/docker', image],
    ]);
    if (paths.length > 0) {
      const left = ['node_modules', 'dist', '.cache'].map((name) => `--exclude=${name}`);
      const args = ['--create', '--owner=0', '--group=0', '--transform=s,^,tessera/,', ...left, ...paths];
      const tar = spawn('tar', args, { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] });
      await engine.docker(['cp', '-', `${container}:/`], { input: tar.stdout });
    }
    await engine.docker(['start', container]);
    await machine.#up();
    return machine;
  }

  /** Runs a shell command as root. @returns what it printed. @throws Error with its standard error. */
  run(command: string, options: EngineCommandOptions = {}): Promise<string> {
    const input = options.input === undefined ? [] : ['--interactive'];
    return this.#engine.docker(['exec', ...input, this.#container, 'bash', '-c', command], options);
  }

  /** Runs a shell command as root. @returns its exit code and what it printed on both outputs. */
  async attempt(command: string): Promise<{ readonly code: number; readonly output: string }> {
    const output = await this.run(`( ${command}\n) 2>&1; printf '\\nexit code %s\\n' "$?"`);
    const [, text = '', code = ''] = /^([^]*?)\n?exit code (\d+)\n$/.exec(output) ?? [];
    return { code: Number(code), output: text };
  }

  /** Stops everything as a shutdown does, and boots again. */
  async reboot(): Promise<void> {
    await this.#engine.docker(['restart', '--time', '120', this.#container]);
    await this.#up();
  }

  /** Ends the machine as a loss of power does; it stays off. */
  async kill(): Promise<void> {
    await this.#engine.docker(['kill', this.#container]);
  }

  /** The machine's address on its network. */
  async address(): Promise<string> {
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    return (await this.#engine.docker(['inspect', '--format', format, this.#container])).trim();
  }

  /** Every file and folder on the machine's own disk with mode and owner, but for what packages keep for themselves. */
  async files(): Promise<readonly string[]> {
    const list = await this.run(`find / -xdev -printf '%y %m %u:%g %p\\n' | LC_ALL=C sort -k 4`);
    // apt's lists, caches and logs, what systemd notes of timers and random numbers, the journal; and the mount point
    // of docker's volume, which is this machine's from the start.
    const kept =
      / (\/var\/(cache|log)\/|\/var\/lib\/(apt|dpkg|systemd|ucf)\/|(\/var)?\/tmp\/|\/var\/lib\/docker$|\/etc\/[^/ ]*-$|\/root\/\.)/;
    return list.split('\n').filter((line) => line !== '' && !kept.test(line));
  }

  async remove(): Promise<void> {
    await this.#engine.docker(['rm', '--force', '--volumes', this.#container]);
    this.#withdraw();
  }

  async #up(): Promise<void> {
    let state = '';
    await waitUntil(
      `${this.name} is up`,
      async () => {
        state = (await this.run('systemctl is-system-running || true').catch(() => '')).trim();
        return state === 'running' || state === 'degraded';
      },
      { ms: 180_000, every: 500 },
    );
    if (state !== 'running') throw new Error(`${this.name}: ${await this.run('systemctl --failed --no-pager')}`);
  }
}
