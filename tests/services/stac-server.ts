import { access, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { installDebianPackages } from './debian-packages.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';
import { PostgresServer } from './postgres.ts';
import { pythonPackages } from './python-packages.ts';
import { runCommand } from './run-command.ts';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** The server, and the schema of its database, by the versions that belong together. */
const SERVER = ['stac-fastapi-pgstac==7.2.0', 'uvicorn==0.54.0'];
const SCHEMA = '0.10.0';

/** A real STAC API: stac-fastapi with pgstac on PostgreSQL with PostGIS, with a database of its own. */
export class StacServer {
  readonly #database: PostgresServer;
  readonly #folder: TemporaryFolder;
  readonly #server: ManagedProcess;
  readonly url: string;

  private constructor(database: PostgresServer, folder: TemporaryFolder, server: ManagedProcess, url: string) {
    this.#database = database;
    this.#folder = folder;
    this.#server = server;
    this.url = url;
  }

  /** Installs what is missing, and starts the server with nothing in it. */
  static async start(): Promise<StacServer> {
    const python = await install();
    const database = await PostgresServer.create();
    await database.start();
    const folder = await createTemporaryFolder('stac');
    try {
      await migrate(python, database.url);
      const port = await freePort();
      const server = new ManagedProcess({
        program: python,
        args: [
          '-m',
          'uvicorn',
          'stac_fastapi.pgstac.app:create_app',
          '--factory',
          '--host',
          '127.0.0.1',
          '--port',
          String(port),
        ],
        env: { PATH: process.env.PATH, ENABLE_TRANSACTIONS_EXTENSIONS: 'TRUE', ...settingsOf(database.url) },
        cwd: folder.path,
        output: join(folder.path, 'output.log'),
      });
      const url = `http://127.0.0.1:${String(port)}`;
      const answers = async (): Promise<boolean> => {
        if (!server.running) throw new Error(server.printed);
        return fetch(url).then(
          ({ ok }) => ok,
          () => false,
        );
      };
      await waitUntil('the STAC server answers', answers, { ms: 170_000 });
      return new StacServer(database, folder, server, url);
    } catch (error) {
      await database.stop();
      await folder.remove();
      throw error;
    }
  }

  /** Adds a collection and its items, as anybody would. */
  async fill(collection: { readonly id: string }, items: readonly unknown[]): Promise<void> {
    await this.#post('/collections', collection);
    for (const item of items) await this.#post(`/collections/${collection.id}/items`, item);
  }

  async stop(): Promise<void> {
    await this.#server.kill();
    await this.#database.stop();
    await this.#folder.remove();
  }

  async #post(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
  }
}

/** Gives the path of the server's Python. */
async function install(): Promise<string> {
  if (!(await hasPostgis())) {
    const problem = await installDebianPackages(['postgresql-postgis']);
    if (problem !== undefined || !(await hasPostgis())) throw new Error(`PostGIS is needed: ${problem ?? 'not found'}`);
  }
  // Of the schema's package only the schema is needed, and none of what it asks for.
  return pythonPackages('stac-fastapi', SERVER, [`pypgstac==${SCHEMA}`]);
}

async function hasPostgis(): Promise<boolean> {
  for (const version of await readdir('/usr/share/postgresql').catch((): string[] => [])) {
    const control = join('/usr/share/postgresql', version, 'extension/postgis.control');
    const found = await access(control).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

async function migrate(python: string, url: string): Promise<void> {
  const script = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const library = (await runCommand(python, ['-c', script])).trim();
  const schema = await readFile(join(library, 'pypgstac/migrations', `pgstac.${SCHEMA}.sql`), 'utf8');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create extension if not exists postgis');
    await client.query(schema);
  } finally {
    await client.end();
  }
}

function settingsOf(url: string): Record<string, string> {
  const { hostname, port, username, pathname } = new URL(url);
  return { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: 'none', PGDATABASE: pathname.slice(1) };
}
