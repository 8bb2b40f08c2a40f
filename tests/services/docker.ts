import { randomBytes } from 'node:crypto';
import { findProgram } from './find-program.ts';
import { leaveLastWill } from './last-will.ts';
import type { ProcessCommand } from './managed-process.ts';
import { runCommand, tryCommand } from './run-command.ts';

export interface DockerImage {
  readonly image: string;
  /** The port inside the container. */
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** The docker client, if an engine answers it. */
export async function findDocker(): Promise<string | undefined> {
  const docker = findProgram(['docker']);
  if (docker === undefined) return undefined;
  return (await tryCommand(docker, ['version', '--format', '{{.Server.Version}}'])).ok ? docker : undefined;
}

/** A container whose data outlives a kill, as a server's data folder does; it is removed with this process. */
export class DockerContainer {
  readonly name: string;
  readonly #docker: string;
  readonly #withdraw: () => void;

  private constructor(docker: string, name: string) {
    this.#docker = docker;
    this.name = name;
    this.#withdraw = leaveLastWill('"$1" rm --force --volumes "$2"', docker, name);
  }

  static async create(docker: string, image: DockerImage, hostPort: number): Promise<DockerContainer> {
    const name = `tessera-test-${randomBytes(6).toString('hex')}`;
    const env = Object.entries(image.env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    const publish = `127.0.0.1:${String(hostPort)}:${String(image.port)}`;
    const args = ['create', '--name', name, '--publish', publish, ...env, image.image, ...(image.args ?? [])];
    await runCommand(docker, args);
    return new DockerContainer(docker, name);
  }

  /** The command that runs the container in the foreground. */
  get command(): Omit<ProcessCommand, 'output'> {
    return { program: this.#docker, args: ['start', '--attach', this.name], env: process.env, cwd: '/' };
  }

  async pid(): Promise<number> {
    return Number(await runCommand(this.#docker, ['inspect', '--format', '{{.State.Pid}}', this.name]));
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    await tryCommand(this.#docker, ['kill', '--signal', signal, this.name]);
  }

  exec(args: readonly string[]): Promise<string> {
    return runCommand(this.#docker, ['exec', this.name, ...args]);
  }

  async remove(): Promise<void> {
    await tryCommand(this.#docker, ['rm', '--force', '--volumes', this.name]);
    this.#withdraw();
  }
}
