import { readFile } from 'node:fs/promises';
import { AppError, refusedCertificate, type Logger } from '@tessera/runtime';
import { createJobStore } from '../create-job-store.ts';
import type { JobStore } from '../job-store.ts';
import { migrate } from '../migrate.ts';
import { openPostgres } from './postgres-database.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections at one time. Default 10. */
  readonly poolSize?: number | undefined;
  readonly logger: Logger;
  /** PEM file of the certificate authority: the connection is encrypted and the server's name checked. */
  readonly caFile?: string | undefined;
  /** A statement is given up after this long, and so is a transaction in which nothing happens. Default 10 000 ms. */
  readonly statementTimeoutMilliseconds?: number | undefined;
}

/**
 * The state of all jobs in a PostgreSQL database (15 or newer), for any number of processes.
 *
 * @throws AppError DATABASE_UNAVAILABLE if it can't be reached, INVALID_CONFIG if its certificate is refused, the CA
 * file can't be read or the address is none.
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<JobStore> {
  const { caFile, logger } = options;
  if (!/^postgres(ql)?:$/.test(URL.parse(options.url)?.protocol ?? '')) {
    throw new AppError('INVALID_CONFIG', { message: 'The address of the database does not begin with postgres://.' });
  }
  const ca =
    caFile === undefined
      ? undefined
      : await readFile(caFile, 'utf8').catch((cause: unknown) => {
          throw new AppError('INVALID_CONFIG', { message: `The file ${caFile} can not be read.`, cause });
        });
  const database = openPostgres({ ...options, ca });
  try {
    await migrate(database, logger);
  } catch (error) {
    await database.close();
    const refused = refusedCertificate(error);
    if (refused === undefined) throw error;
    throw new AppError('INVALID_CONFIG', {
      message: `The certificate of the database was refused: ${refused}.`,
      cause: error,
    });
  }
  return createJobStore(database);
}
