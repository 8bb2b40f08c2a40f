import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DockerContainer, type DockerImage } from './docker.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess, type ProcessCommand } from './managed-process.ts';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** How a server comes to this machine: as a program, or as an image for a docker engine. */
export type ServerSource =
  { readonly kind: 'program'; readonly path: string } | { readonly kind: 'docker'; readonly docker: string };

export type ServerCommand = Omit<ProcessCommand, 'output'>;

/** Where a server may put its files. */
export interface ServerPlace {
  readonly port: number;
  /** Settings and output; survives `wipe()`. */
  readonly folder: string;
  /** What the server stores; exists when `prepare` is called. */
  readonly data: string;
}

/**
 * A real server for tests, on a port of 127.0.0.1 that stays the same over restarts, with its data in a temporary
 * folder. It ends, and its data vanishes, at the latest with this process.
 */
export abstract class TestServer {
  readonly #source: ServerSource;
  #folder: TemporaryFolder | undefined;
  #port: number | undefined;
  #process: ManagedProcess | undefined;
  #container: DockerContainer | undefined;
  #prepared = false;

  constructor(source: ServerSource) {
    this.#source = source;
  }

  protected abstract readonly name: string;
  protected abstract readonly image: DockerImage;
  /** The signal on which the server stops in order. */
  protected abstract readonly stopSignal: NodeJS.Signals;
  protected readonly owner: { readonly uid: number; readonly gid: number } | undefined = undefined;
  /** Writes settings and creates the data, before the first start and after `wipe()`. */
  protected abstract prepare(place: ServerPlace): Promise<void>;
  protected abstract command(place: ServerPlace): ServerCommand;
  /** Whether the server does its work for clients on `port`. */
  protected abstract answers(port: number): Promise<boolean>;
  protected abstract urlOf(port: number): string;

  get url(): string {
    return this.urlOf(this.port);
  }

  get port(): number {
    if (this.#port === undefined) throw new Error(`${this.name} was not started yet.`);
    return this.#port;
  }

  /** The path of the server's program. */
  protected get program(): string {
    if (this.#source.kind === 'docker') throw new Error(`${this.name} runs in docker.`);
    return this.#source.path;
  }

  protected get container(): DockerContainer | undefined {
    return this.#container;
  }

  /** Its temporary folder: settings, output and data. */
  get folder(): string {
    if (this.#folder === undefined) throw new Error(`${this.name} was not started yet.`);
    return this.#folder.path;
  }

  protected get place(): ServerPlace {
    return { port: this.port, folder: this.folder, data: join(this.folder, 'data') };
  }

  /**
   * Starts the server, or starts it again with the data it had. Resolves when it answers.
   *
   * @param options.port used at the first start only; a free one by default.
   */
  async start(options: { readonly port?: number } = {}): Promise<{ readonly url: string; readonly pid: number }> {
    if (this.#process?.running) throw new Error(`${this.name} runs already.`);
    this.#port ??= options.port ?? (await freePort());
    this.#folder ??= await createTemporaryFolder(this.name, this.owner);
    // A server may have to wait for what a killed one left behind, such as shared memory.
    await waitUntil(`${this.name} starts`, () => this.#launch(), { ms: 120_000, every: 500 });
    return { url: this.url, pid: await this.pid() };
  }

  /** The process id of the server itself. */
  async pid(): Promise<number> {
    const pid = (await this.#container?.pid()) ?? this.#process?.pid;
    if (pid === undefined || !/^[1-9][0-9]+$/.test(String(pid))) throw new Error(`${this.name} does not run.`);
    return pid;
  }

  /** SIGKILL, as a crash of the machine would look to clients; the data stays. */
  async kill(): Promise<void> {
    await this.#container?.signal('SIGKILL');
    await this.#process?.kill();
  }

  /** Stops the server in order; the data stays. */
  async shutDown(): Promise<void> {
    await this.#container?.signal(this.stopSignal);
    await this.#process?.end(this.stopSignal, 30_000);
  }

  /** Stops the server in order and starts it again with its data. */
  async restart(): Promise<{ readonly url: string; readonly pid: number }> {
    await this.shutDown();
    return this.start();
  }

  /** Kills the server and deletes all that it stored. `start()` then begins with an empty one on the same port. */
  async wipe(): Promise<void> {
    await this.kill();
    await this.#container?.remove();
    this.#container = undefined;
    if (this.#folder !== undefined) await this.#folder.remove();
    this.#folder = undefined;
    this.#prepared = false;
  }

  /** Ends the server for good and deletes its data. */
  async stop(): Promise<void> {
    await this.wipe();
  }

  async #launch(): Promise<boolean> {
    const server = new ManagedProcess({ ...(await this.#foreground()), output: join(this.place.folder, 'output.log') });
    this.#process = server;
    await waitUntil(`${this.name} answers`, async () => !server.running || (await this.answers(this.port)), {
      ms: 120_000,
    });
    return server.running;
  }

  async #foreground(): Promise<ServerCommand> {
    if (this.#source.kind === 'docker') {
      this.#container ??= await DockerContainer.create(this.#source.docker, this.image, this.port);
      return this.#container.command;
    }
    if (!this.#prepared) {
      await mkdir(this.place.data, { recursive: true });
      await this.prepare(this.place);
      this.#prepared = true;
    }
    return this.command(this.place);
  }
}
