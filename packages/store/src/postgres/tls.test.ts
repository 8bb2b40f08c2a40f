import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@tessera/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresServer } from '../../../../tests/services/postgres.ts';
import { createPostgresStore } from './create-postgres-store.ts';
import { openPostgres } from './postgres-database.ts';
import { AUTHORITY, OTHER_AUTHORITY, SERVER_CERTIFICATE, SERVER_KEY } from './tls-fixture.ts';

describe('a store on an encrypted connection', { timeout: 60_000 }, () => {
  const logger = silentLogger();
  let server: PostgresServer;
  let url: string;
  let folder: string;
  /** Gives the server its certificate, by the server itself, wherever it runs. */
  const encrypt = async (): Promise<void> => {
    const database = openPostgres({ url, poolSize: 1, logger });
    const put = (file: string, pem: string): Promise<unknown> =>
      database.query(
        `copy (select unnest(string_to_array('${pem}', chr(10)))) to program 'umask 077; cat > server.${file}'`,
      );
    await put('crt', SERVER_CERTIFICATE);
    await put('key', SERVER_KEY);
    await database.query('alter system set ssl = on');
    await database.query('select pg_reload_conf()');
    await database.close();
  };
  const file = async (pem: string): Promise<string> => {
    const path = join(folder, 'ca.pem');
    await writeFile(path, pem);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-tls-'));
    server = await PostgresServer.create();
    ({ url } = await server.start());
    await encrypt();
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('is encrypted and trusts the authority of its file, whatever the address says', async () => {
    const caFile = await file(AUTHORITY);
    for (const query of ['', '?sslmode=disable', '?sslmode=no-verify']) {
      const database = openPostgres({ url: `${url}${query}`, ca: AUTHORITY, logger });
      expect(await database.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual([{ ssl: true }]);
      await database.close();
    }
    const store = await createPostgresStore({ url, caFile, logger });
    await store.ping();
    await store.close();
  });

  it('trusts no other', async () => {
    const caFile = await file(OTHER_AUTHORITY);
    await expect(createPostgresStore({ url, caFile, logger })).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: expect.stringContaining('certificate of the database was refused') as string,
    });
  });
});
