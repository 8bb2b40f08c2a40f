import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import type { DockerEngine } from '../engine/index.ts';
import type { PageBlock } from './page-block.ts';
import { PageMachine } from './page-machine.ts';

/** Where the site is, on its machine. */
export const SITE = 'http://127.0.0.1:8080';

/** The machine of the pages, on a network of its own, and what a reader does beside their commands. */
export class OneMachine {
  readonly engine: DockerEngine;
  readonly network: string;
  /** For files of the test; the machine does not see it. */
  readonly folder: string;
  readonly #page: PageMachine;
  readonly #remove: () => Promise<void>;

  private constructor(
    page: PageMachine,
    engine: DockerEngine,
    network: string,
    folder: string,
    remove: () => Promise<void>,
  ) {
    this.#page = page;
    this.engine = engine;
    this.network = network;
    this.folder = folder;
    this.#remove = remove;
  }

  static async boot(engine: DockerEngine): Promise<OneMachine> {
    const network = `tessera-page-${randomBytes(4).toString('hex')}`;
    await engine.docker(['network', 'create', network]);
    const folder = await createTemporaryFolder('one-machine-page');
    const page = await PageMachine.boot(engine, 'single', network);
    return new OneMachine(page, engine, network, folder.path, async () => {
      await page.remove();
      await engine.docker(['network', 'rm', network]);
      await folder.remove();
    });
  }

  remove(): Promise<void> {
    return this.#remove();
  }

  /** Runs commands of a page, or others, in the project's folder. @returns what they printed. */
  run(commands: PageBlock | string): Promise<string> {
    return this.#page.run(typeof commands === 'string' ? { commands } : commands);
  }

  /** Writes a file on the machine, for root alone unless a mode is given. */
  async write(path: string, text: string | Buffer, mode = '600'): Promise<void> {
    const input = text.toString();
    await this.#page.machine.run(`mkdir -p "$(dirname ${path})" && cat >${path} && chmod ${mode} ${path}`, { input });
  }

  /** Waits until the site is ready. */
  async ready(site = SITE): Promise<void> {
    await this.run(`timeout 240 bash -c 'until curl --fail --silent --insecure ${site}/readyz; do sleep 1; done'`);
  }

  /** Waits until the site is ready, and has it compute a picture. */
  async smoke(site = SITE, environment = ''): Promise<void> {
    await this.ready(site);
    expect(await this.run(`${environment} npm run smoke -- ${site}`)).toContain('The result is right in every pixel.');
  }

  /** A secret as the machine's volume keeps it. */
  async secret(name: string): Promise<string> {
    return (
      await this.run(`docker compose run --rm --no-deps -T --entrypoint cat secrets /volumes/own/${name}`)
    ).trim();
  }

  /** Number of executors that the site knows. */
  async executors(token: string): Promise<number> {
    const answer = await this.run(`curl --fail -sS -H 'authorization: Bearer ${token}' ${SITE}/api/v1/executors`);
    return (JSON.parse(answer) as { executors: unknown[] }).executors.length;
  }

  /** A visitor on another machine; the site has to be open to the network. */
  async visitor(): Promise<SiteClient> {
    return new SiteClient(`http://${await this.#page.machine.address()}:8080`);
  }
}
