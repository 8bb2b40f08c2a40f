import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '@tessera/runtime';
import { createPostgresStore } from '@tessera/store/postgres';
import { describe, expect, it } from 'vitest';
import { PostgresServer } from '../../services/postgres.ts';
import { tryCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { long } from '../engine/long.ts';
import { checkOutPrevious } from './previous-version.ts';

/** The suites of the store that run on a server; their databases are copies of a template. */
const SUITES = ['postgres-store', 'concurrency', 'outage'].map((name) => `packages/store/src/postgres/${name}.test.ts`);

// In every run the migration suite of packages/store shows that the newest schema only adds to the one before.
describe.runIf(long)('the version before the newest migration', () => {
  it('passes its own tests on the schema of this version', { timeout: 600_000 }, async () => {
    const folder = await createTemporaryFolder('previous-version');
    const server = await PostgresServer.create();
    try {
      await checkOutPrevious(folder.path);
      const { url } = await server.start();
      const template = new URL(url);
      template.pathname = '/template1';
      await (await createPostgresStore({ url: template.href, logger: silentLogger() })).close();
      const migrations = (place: string): Promise<string[]> => readdir(join(place, 'packages/store/src/migrations'));
      expect((await migrations(folder.path)).length).toBeLessThan((await migrations(process.cwd())).length);
      const vitest = join(process.cwd(), 'node_modules/vitest/vitest.mjs');
      const { ok, stdout, stderr } = await tryCommand(
        process.execPath,
        [vitest, 'run', '--project', 'unit', ...SUITES],
        { cwd: folder.path, env: { PATH: process.env.PATH, TESSERA_TEST_POSTGRES_URL: url, NO_COLOR: '1' } },
      );
      expect(ok, stdout + stderr).toBe(true);
      expect(stdout).toMatch(new RegExp(`Test Files +${String(SUITES.length)} passed`));
    } finally {
      await server.stop();
      await folder.remove();
    }
  });
});
