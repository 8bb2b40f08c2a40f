import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leaveLastWill } from '../../services/last-will.ts';
import { runCommand } from '../../services/run-command.ts';
import { standIn, type DockerEngine } from '../engine/index.ts';
import type { Certificate } from '../public-side/authority.ts';
import { checkout } from './checkout.ts';

const START = `set -eu
mkdir -p /data/objects /data/metadata
exec versitygw --iam-dir /srv/store --keep-alive --quiet --health /healthz --port :7070 \\
  $TLS posix --sidecar /data/metadata /data/objects
`;
const TLS = '--cert /srv/store/server.pem --key /srv/store/server.key';
const HOST = 'store.example';
const BUCKET = 'pictures';

interface Key {
  readonly id: string;
  readonly secret: string;
}

/** An S3 server of somebody else, with a key each for root, master and executors; no bucket yet. */
export class ForeignStore {
  /** The file for `--s3-env`, its authority being in /etc/ssl/store-authority.pem. */
  readonly settings: string;
  readonly keys: Readonly<Record<'root' | 'master' | 'executor', Key>>;
  readonly #engine: DockerEngine;
  readonly #container: string;
  readonly #withdraw: () => void;

  private constructor(engine: DockerEngine, container: string, keys: ForeignStore['keys']) {
    this.#engine = engine;
    this.#container = container;
    this.keys = keys;
    this.settings = [
      `S3_ENDPOINT=https://${HOST}:7070`,
      `S3_BUCKET=${BUCKET}`,
      `S3_ACCESS_KEY_ID=${keys.master.id}`,
      `S3_SECRET_ACCESS_KEY=${keys.master.secret}`,
      `EXECUTOR_S3_ACCESS_KEY_ID=${keys.executor.id}`,
      `EXECUTOR_S3_SECRET_ACCESS_KEY=${keys.executor.secret}`,
      'S3_CA_FILE=/etc/ssl/store-authority.pem',
      '',
    ].join('\n');
    this.#withdraw = leaveLastWill('DOCKER_HOST="$1" docker rm --force --volumes "$2"', engine.host, container);
  }

  /**
   * Starts it on a docker network as store.example.
   *
   * @param folder for its files.
   * @param certificate for store.example and 127.0.0.1; without one it speaks plain HTTP.
   */
  static async start(engine: DockerEngine, { network, folder, certificate }: StoreOptions): Promise<ForeignStore> {
    const container = `tessera-store-${randomBytes(4).toString('hex')}`;
    const key = (role: string): Key => ({ id: `${role}-key-of-the-test`, secret: randomBytes(16).toString('hex') });
    const keys = { root: key('root'), master: key('master'), executor: key('executor') };
    const store = new ForeignStore(engine, container, keys);
    const own = join(folder, 'store');
    await mkdir(own);
    await writeFile(
      join(own, 'users.json'),
      JSON.stringify({ accessAccounts: accountsOf([keys.master, keys.executor]) }),
    );
    await writeFile(join(own, 'start.sh'), START);
    if (certificate) {
      await runCommand('cp', [certificate.cert, join(own, 'server.pem')]);
      await runCommand('cp', [certificate.key, join(own, 'server.key')]);
    }
    await chmod(folder, 0o755);
    await engine.docker([
      ...['run', '--detach', '--name', container, '--network', network, '--network-alias', HOST],
      ...['--publish', '127.0.0.1::7070', '--volume', `${own}:/srv/store:ro`, '--entrypoint', 'sh'],
      ...['--env', `ROOT_ACCESS_KEY_ID=${keys.root.id}`, '--env', `ROOT_SECRET_ACCESS_KEY=${keys.root.secret}`],
      ...['--env', `TLS=${certificate ? TLS : ''}`, await standIn(engine, 'versitygw'), '/srv/store/start.sh'],
    ]);
    return store;
  }

  /** As the page has it: the store's root makes the bucket and says what the two keys may do. */
  async makeBucket(folder: string, caFile: string): Promise<void> {
    const [published = ''] = (await this.#engine.docker(['port', this.#container, '7070'])).trim().split('\n');
    const files: Record<string, string> = {};
    for (const [name, value] of Object.entries({
      S3_ROOT_ACCESS_KEY_ID_FILE: this.keys.root.id,
      S3_ROOT_SECRET_ACCESS_KEY_FILE: this.keys.root.secret,
      S3_ACCESS_KEY_ID_FILE: this.keys.master.id,
      EXECUTOR_S3_ACCESS_KEY_ID_FILE: this.keys.executor.id,
    })) {
      files[name] = join(folder, name);
      await writeFile(join(folder, name), value);
    }
    const env = { ...files, S3_ENDPOINT: `https://${published}`, S3_BUCKET: BUCKET, S3_CA_FILE: caFile };
    await runCommand(process.execPath, [join(checkout, 'config/compose/bucket.mjs')], {
      env: { PATH: process.env.PATH, ...env },
    });
  }

  /** Number of objects whose keys begin so. */
  async count(prefix: string, bucket = BUCKET): Promise<number> {
    const list = `find /data/objects/${bucket}/${prefix} -type f 2>/dev/null | wc -l`;
    return Number(await this.#engine.docker(['exec', this.#container, 'sh', '-c', list]));
  }

  async remove(): Promise<void> {
    await this.#engine.docker(['rm', '--force', '--volumes', this.#container]);
    this.#withdraw();
  }
}

/** Accounts as versitygw keeps them; those of the role `user` may do what the bucket's policy says. */
function accountsOf(keys: readonly Key[]) {
  const rest = { role: 'user', userID: 0, groupID: 0, projectID: 0 };
  return Object.fromEntries(keys.map(({ id, secret }) => [id, { access: id, secret, ...rest }]));
}

export interface StoreOptions {
  readonly network: string;
  readonly folder: string;
  readonly certificate?: Certificate;
}
