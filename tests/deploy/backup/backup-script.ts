import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProvidedS3 } from '../../services/provided.ts';
import { tryCommand, type CommandResult } from '../../services/run-command.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const script = join(root, 'config/tessera-backup.sh');

/** config/tessera-backup.sh as on a machine of the native form: settings in a file, each secret in a file of its own. */
export class BackupScript {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #cwd: string;

  private constructor(folder: string) {
    this.#cwd = folder;
    this.#env = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      TESSERA_HOME: root,
      TESSERA_NODE: process.execPath,
      TESSERA_SETTINGS: join(folder, 'master.env'),
      TESSERA_SECRETS: join(folder, 'secrets'),
    };
  }

  /** @param folder for settings and secrets. */
  static async create(folder: string, site: { databaseUrl: string; s3: ProvidedS3 }): Promise<BackupScript> {
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = site.s3;
    const settings = [`S3_ENDPOINT=${endpoint}`, `S3_REGION=${region}`, `S3_BUCKET=${bucket}`];
    const secrets = {
      'database-url': site.databaseUrl,
      's3-access-key-id': accessKeyId,
      's3-secret-access-key': secretAccessKey,
    };
    await mkdir(join(folder, 'secrets'), { mode: 0o700 });
    await writeFile(join(folder, 'master.env'), `${settings.join('\n')}\n`);
    for (const [name, value] of Object.entries(secrets)) {
      await writeFile(join(folder, 'secrets', name), `${value}\n`, { mode: 0o600 });
    }
    return new BackupScript(folder);
  }

  run(...args: readonly string[]): Promise<CommandResult> {
    return tryCommand(script, ['--native', ...args], { cwd: this.#cwd, env: this.#env });
  }

  /** Runs it and gives what it printed. @throws Error with its standard error. */
  async ok(...args: readonly string[]): Promise<string> {
    const result = await this.run(...args);
    if (!result.ok) throw new Error(`tessera-backup.sh ${args.join(' ')} failed:\n${result.stdout}${result.stderr}`);
    return result.stdout;
  }
}
