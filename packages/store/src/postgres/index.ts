export { openBackupSession, type BackupSession, type ReferredObject } from './backup-session.ts';
export { inspectDatabase, type DatabaseFacts } from './inspect-database.ts';
export { createPostgresStore, type PostgresStoreOptions } from './create-postgres-store.ts';
