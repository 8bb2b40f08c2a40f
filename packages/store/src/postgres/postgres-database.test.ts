import { silentLogger } from '@tessera/runtime';
import { inject } from 'vitest';
import { databaseContract } from '../database.contract.ts';
import { migrationContract } from '../migrate.contract.ts';
import { openPostgres } from './postgres-database.ts';
import { createTestDatabase } from './test-database.test-support.ts';

const logger = silentLogger();

databaseContract('PostgreSQL', async () => {
  const { url, drop } = await createTestDatabase(inject('postgresUrl'));
  const database = openPostgres({ url, logger });
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  return { database, close };
});

migrationContract('PostgreSQL', async () => {
  const { url, drop } = await createTestDatabase(inject('postgresUrl'));
  const databases = Array.from({ length: 5 }, () => openPostgres({ url, poolSize: 1, logger }));
  const close = async (): Promise<void> => {
    await Promise.all(databases.map((database) => database.close()));
    await drop();
  };
  return { databases, close };
});
