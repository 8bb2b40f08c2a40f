import { databaseContract } from '../database.contract.ts';
import { migrationContract } from '../migrate.contract.ts';
import { openPglite } from './pglite-database.ts';

databaseContract('PGlite', async () => {
  const database = await openPglite(undefined);
  return { database, close: () => database.close() };
});

migrationContract('PGlite', async () => {
  const database = await openPglite(undefined);
  return { databases: [database, database], close: () => database.close() };
});
