import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../../services/find-program.ts';
import { freePort } from '../../services/free-port.ts';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { ManagedProcess } from '../../services/managed-process.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { waitUntil } from '../../services/wait-until.ts';

/** Paths of Prometheus and its tool, installed from Debian's package where they are missing. */
export async function findPrometheus(): Promise<{ readonly prometheus: string; readonly promtool: string }> {
  const problem = findProgram(['promtool']) === undefined ? await installDebianPackages(['prometheus']) : undefined;
  const [prometheus, promtool] = [findProgram(['prometheus']), findProgram(['promtool'])];
  if (prometheus !== undefined && promtool !== undefined) return { prometheus, promtool };
  throw new Error(
    `Prometheus is missing (${problem ?? 'its programs are not on the PATH'}): apt-get install prometheus`,
  );
}

interface Answer<Data> {
  readonly status: string;
  readonly data: Data;
}

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** A Prometheus that runs as long as a test. */
export class Prometheus {
  readonly #process: ManagedProcess;
  readonly #folder: TemporaryFolder;
  readonly #port: number;

  private constructor(process: ManagedProcess, folder: TemporaryFolder, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.#port = port;
  }

  /** @param files the configuration `prometheus.yml` and what it names. */
  static async start(files: Readonly<Record<string, string>>): Promise<Prometheus> {
    const { prometheus: program } = await findPrometheus();
    const folder = await createTemporaryFolder('prometheus');
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
    const port = await freePort();
    const args = [
      `--config.file=${join(folder.path, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder.path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const output = join(folder.path, 'log');
    const process = new ManagedProcess({ program, args, env: {}, cwd: folder.path, output });
    const prometheus = new Prometheus(process, folder, port);
    await waitUntil(
      'Prometheus is ready',
      async () => {
        if (!process.running) throw new Error(`Prometheus ended:\n${process.printed}`);
        return (await prometheus.#fetch('/-/ready'))?.ok === true;
      },
      { ms: 30_000 },
    );
    return prometheus;
  }

  /** The data of a call of its API. */
  async ask<Data>(call: string, query: Readonly<Record<string, string>> = {}): Promise<Data> {
    const response = await this.#fetch(`/api/v1/${call}?${new URLSearchParams(query).toString()}`);
    const answer = (await response?.json()) as Answer<Data> | undefined;
    if (answer?.status !== 'success') throw new Error(`Prometheus: ${call}: ${JSON.stringify(answer)}`);
    return answer.data;
  }

  /** The present values of an expression. */
  async query(expr: string): Promise<readonly Sample[]> {
    return (await this.ask<{ result: Sample[] }>('query', { query: expr })).result;
  }

  async stop(): Promise<void> {
    await this.#process.kill();
    await this.#folder.remove();
  }

  #fetch(path: string): Promise<Response | undefined> {
    return fetch(`http://127.0.0.1:${this.#port}${path}`).catch(() => undefined);
  }
}
