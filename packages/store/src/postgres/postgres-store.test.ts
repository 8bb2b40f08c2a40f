import { silentLogger } from '@tessera/runtime';
import { inject } from 'vitest';
import { createJobStore } from '../create-job-store.ts';
import { jobStoreContract } from '../job-store.contract.ts';
import { migrate } from '../migrate.ts';
import { openPostgres } from './postgres-database.ts';
import { createTestDatabase } from './test-database.test-support.ts';

jobStoreContract('PostgreSQL', async () => {
  const { url, drop } = await createTestDatabase(inject('postgresUrl'));
  const database = openPostgres({ url, logger: silentLogger() });
  await migrate(database, silentLogger());
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  return { database, store: createJobStore(database), close };
});
