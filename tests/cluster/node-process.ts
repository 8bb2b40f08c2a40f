import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManagedProcess } from '../services/managed-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A master or an executor in a process of its own, as it runs on a machine of its own; its log is kept in a file. */
export class NodeProcess {
  readonly #process: ManagedProcess;
  readonly log: string;

  /** @param program path of its main file, from the root of the project. */
  constructor(program: string, env: Readonly<Record<string, string>>, folder: string, name: string) {
    this.log = join(folder, `${name}.log`);
    this.#process = new ManagedProcess({
      program: process.execPath,
      args: [join(root, program)],
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
      // No .env file of a developer is read there.
      cwd: folder,
      output: this.log,
    });
  }

  get pid(): number {
    return this.#process.pid;
  }

  get running(): boolean {
    return this.#process.running;
  }

  /** The last lines it printed. */
  get printed(): string {
    return this.#process.printed;
  }

  /** SIGKILL to the process and all its children. */
  kill(): Promise<void> {
    return this.#process.kill();
  }

  /** SIGTERM, and SIGKILL after 40 s. */
  terminate(): Promise<void> {
    return this.#process.end('SIGTERM', 40_000);
  }

  /** The log's lines that carry this message, parsed. */
  lines(message: string): Readonly<Record<string, unknown>>[] {
    return readFileSync(this.log, 'utf8')
      .split('\n')
      .filter((line) => line.includes(`"${message}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
