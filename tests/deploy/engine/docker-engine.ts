import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findCompose } from './compose-program.ts';

export interface EngineCommandOptions {
  readonly input?: string | Readable;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** After this many milliseconds the command is killed; default: ten minutes. */
  readonly timeoutMs?: number;
}

/** A docker engine, driven by the command line tools that operators use. */
export class DockerEngine {
  /** Address of the engine: `unix:///…`. */
  readonly host: string;
  readonly #client: string;

  /** @param client path of the docker client. */
  constructor(host: string, client: string) {
    this.host = host;
    this.#client = client;
  }

  /** Runs the docker client. @returns what it printed. @throws Error with its standard error. */
  docker(args: readonly string[], options: EngineCommandOptions = {}): Promise<string> {
    return this.#run(this.#client, args, options);
  }

  /** Runs docker compose, version 2. @returns what it printed. @throws Error with its standard error. */
  async compose(args: readonly string[], options: EngineCommandOptions = {}): Promise<string> {
    return this.#run(await findCompose(), args, options);
  }

  async hasImage(name: string): Promise<boolean> {
    return (await this.docker(['images', '--quiet', name])).trim() !== '';
  }

  async #run(program: string, args: readonly string[], options: EngineCommandOptions): Promise<string> {
    const { input, env, cwd, timeoutMs = 600_000 } = options;
    const child = spawn(program, args, {
      cwd,
      // The builder of these engines needs no plugin in its old form.
      env: { ...process.env, DOCKER_HOST: this.host, DOCKER_BUILDKIT: '0', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const closed = once(child, 'close') as Promise<[number | null, string | null]>;
    if (typeof input === 'object') await pipeline(input, child.stdin);
    else child.stdin.end(input);
    const [code, signal] = await closed;
    if (code === 0) return output.stdout;
    const end = signal ?? `exit code ${String(code)}`;
    throw new Error(`${program} ${args.join(' ')} failed (${end}):\n${(output.stderr || output.stdout).slice(-4000)}`);
  }
}
