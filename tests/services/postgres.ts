import { chown, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import type { DockerImage } from './docker.ts';
import { findProgram } from './find-program.ts';
import { runCommand } from './run-command.ts';
import { findServer, fromDebian } from './server-source.ts';
import type { ServerTls } from './server-tls.ts';
import { TestServer, type ServerCommand, type ServerPlace, type ServerSource } from './test-server.ts';

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A PostgreSQL cluster of its own with the superuser `postgres` and no password. */
export class PostgresServer extends TestServer {
  protected readonly name = 'postgresql';
  /** Fast shutdown: clients are disconnected. */
  protected readonly stopSignal = 'SIGINT';
  protected readonly image: DockerImage = {
    image: 'postgres:17-alpine',
    port: 5432,
    env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
    args: ['-c', 'max_connections=200'],
  };
  protected override readonly owner: User | undefined;

  readonly #tls: ServerTls | undefined;

  private constructor(source: ServerSource, owner: User | undefined, tls: ServerTls | undefined) {
    super(source);
    this.owner = owner;
    this.#tls = tls;
  }

  /** Finds or installs PostgreSQL; the server is not started yet. */
  static async create(tls?: ServerTls): Promise<PostgresServer> {
    const source = await findServer({
      name: 'PostgreSQL',
      variable: 'TESSERA_TEST_POSTGRES_URL',
      find: () => findProgram(['/usr/lib/postgresql/*/bin/postgres', '/usr/local/pgsql/bin/postgres', 'postgres']),
      install: fromDebian('postgresql'),
    });
    // PostgreSQL refuses to run as root.
    const asRoot = source.kind === 'program' && process.getuid?.() === 0;
    return new PostgresServer(source, asRoot ? await findUser('postgres') : undefined, tls);
  }

  protected override async prepare(place: ServerPlace): Promise<void> {
    if (this.owner) await chown(place.data, this.owner.uid, this.owner.gid);
    const args = ['--pgdata', place.data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8'];
    await runCommand(join(dirname(this.program), 'initdb'), [...args, '--locale', 'C', '--no-sync'], {
      cwd: place.folder,
      env: environment(),
      ...this.owner,
    });
    // Survives a killed process all the same; only a power loss would show the difference.
    const settings = ['fsync = off', 'max_connections = 200', "unix_socket_directories = ''"];
    if (this.#tls) settings.push(...(await this.#encrypt(place.data, this.#tls)));
    await writeFile(join(place.data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
  }

  /** Nobody may come in without TLS; the key belongs to the server alone, or it would not start. */
  async #encrypt(data: string, { cert, key }: ServerTls): Promise<readonly string[]> {
    const files = { cert: join(data, 'server.crt'), key: join(data, 'server.key') };
    await writeFile(files.cert, await readFile(cert));
    await writeFile(files.key, await readFile(key), { mode: 0o600 });
    await writeFile(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 trust\n');
    if (this.owner) for (const file of Object.values(files)) await chown(file, this.owner.uid, this.owner.gid);
    return ['ssl = on'];
  }

  protected override command(place: ServerPlace): ServerCommand {
    const args = ['-D', place.data, '-h', '127.0.0.1', '-p', String(place.port)];
    return { program: this.program, args, env: environment(), cwd: place.folder, user: this.owner };
  }

  protected override urlOf(port: number): string {
    return `postgres://postgres@${this.#tls ? 'localhost' : '127.0.0.1'}:${String(port)}/postgres`;
  }

  protected override async answers(port: number): Promise<boolean> {
    const ssl = this.#tls ? { rejectUnauthorized: false } : false;
    const client = new Client({ connectionString: this.urlOf(port), connectionTimeoutMillis: 2000, ssl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function environment() {
  return { PATH: process.env.PATH, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

async function findUser(name: string): Promise<User> {
  const [uid, gid] = await Promise.all([runCommand('id', ['-u', name]), runCommand('id', ['-g', name])]);
  return { uid: Number(uid), gid: Number(gid) };
}
