import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './debian-packages.ts';
import { findProgram } from './find-program.ts';
import { ManagedProcess } from './managed-process.ts';
import { tryCommand } from './run-command.ts';
import { waitUntil } from './wait-until.ts';

/** Images stay here from run to run; containers do not. */
const dataFolder = fileURLToPath(new URL('../../.cache/docker', import.meta.url));

/** An engine that is asked to stop stops its containers first. */
const stopInOrder = 'kill -TERM "$1"; for _ in $(seq 30); do kill -0 "$1" || break; sleep 1; done; kill -KILL "-$1"';

/** A docker engine of the tests' own, on a socket in a temporary folder. */
export class DockerDaemon {
  readonly #process: ManagedProcess;
  readonly #folder: string;

  private constructor(process: ManagedProcess, folder: string) {
    this.#process = process;
    this.#folder = folder;
  }

  /**
   * Address of an engine that runs already: DOCKER_HOST's, or the default one.
   *
   * @returns undefined where none answers.
   */
  static async findRunning(): Promise<string | undefined> {
    const client = findProgram(['/usr/bin/docker', 'docker']);
    if (client === undefined) return undefined;
    const host = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
    const { ok } = await tryCommand(client, ['--host', host, 'version'], { timeout: 10_000 });
    return ok ? host : undefined;
  }

  /**
   * Starts Debian's docker.io, installed if missing.
   *
   * @throws Error that says what to do where that is not possible.
   */
  static async start(): Promise<DockerDaemon> {
    const find = () => findProgram(['dockerd']);
    const missing = find() === undefined || findProgram(['docker']) === undefined;
    const problem = missing ? await installDebianPackages(['docker.io', 'iptables']) : undefined;
    const program = find();
    if (program === undefined) {
      throw new Error(
        `The deployment tests need a docker engine (${problem ?? 'not found'}). Run: apt-get install docker.io, ` +
          'or name a running engine in DOCKER_HOST.',
      );
    }
    await mkdir(dataFolder, { recursive: true });
    // Paths of sockets may have 108 characters: not below the checkout.
    const folder = await mkdtemp(join(tmpdir(), 'tessera-docker-'));
    const sockets = ['--host', `unix://${join(folder, 'docker.sock')}`, '--exec-root', join(folder, 'exec')];
    const daemon = new DockerDaemon(
      new ManagedProcess({
        program,
        args: [...sockets, '--data-root', dataFolder, '--pidfile', join(folder, 'pid'), '--log-level', 'warn'],
        env: process.env,
        cwd: '/',
        output: join(folder, 'log'),
        lastWill: stopInOrder,
      }),
      folder,
    );
    const client = findProgram(['/usr/bin/docker', 'docker']) ?? 'docker';
    try {
      const answers = async () => {
        if (!daemon.#process.running) throw new Error('dockerd ended.');
        return (await tryCommand(client, ['--host', daemon.host, 'version'])).ok;
      };
      await waitUntil('the docker engine answers', answers, { ms: 60_000 });
    } catch (cause) {
      const printed = daemon.#process.printed;
      await daemon.stop();
      throw new Error(`The docker engine does not start: ${printed}\nName a running engine in DOCKER_HOST.`, { cause });
    }
    return daemon;
  }

  get host(): string {
    return `unix://${join(this.#folder, 'docker.sock')}`;
  }

  async stop(): Promise<void> {
    await this.#process.end('SIGTERM', 60_000);
    // The engine leaves its own network namespace mounted there.
    await tryCommand('umount', ['--lazy', join(this.#folder, 'exec/netns/default')]);
    // Whatever else is still mounted may stay: a teardown that fails keeps the test run from ending.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined);
  }
}
