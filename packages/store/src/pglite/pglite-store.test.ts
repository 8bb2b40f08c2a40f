import { silentLogger } from '@tessera/runtime';
import { createJobStore } from '../create-job-store.ts';
import { jobStoreContract } from '../job-store.contract.ts';
import { migrate } from '../migrate.ts';
import { openPglite } from './pglite-database.ts';

jobStoreContract('PGlite', async () => {
  const database = await openPglite(undefined);
  await migrate(database, silentLogger());
  return { database, store: createJobStore(database), close: () => database.close() };
});
