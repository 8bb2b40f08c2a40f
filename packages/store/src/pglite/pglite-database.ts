import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { AppError } from '@tessera/runtime';
import { toDatabaseError } from '../database-error.ts';
import type { Database, Parameter, Row, Transaction } from '../database.ts';
import { retryContention } from '../retry-contention.ts';

type Runner = Pick<PGlite, 'query'> | Pick<PGliteTransaction, 'query'>;

async function run(runner: Runner, sql: string, parameters: readonly Parameter[] = []): Promise<readonly Row[]> {
  try {
    const { rows } = await runner.query<Row>(sql, [...parameters]);
    return rows;
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/** PGlite rolls back whatever fails, and refuses to commit what a failed statement has spoilt. */
async function inTransaction<T>(pglite: PGlite, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  let failure: { readonly error: unknown } | undefined;
  try {
    return await pglite.transaction(async (transaction) => {
      try {
        return await work({
          query: (sql, parameters) => run(transaction, sql, parameters),
          script: async (sql) => {
            await transaction.exec(sql).catch((error: unknown) => {
              throw toDatabaseError(error);
            });
          },
        });
      } catch (error) {
        failure = { error };
        throw error;
      }
    });
  } catch (error) {
    throw failure === undefined ? toDatabaseError(error) : failure.error;
  }
}

/**
 * A Database in this process. It has one connection: statements and transactions wait for each other, so nothing else
 * runs between the statements of a transaction, and one that fails is rolled back before the next begins.
 *
 * @param folder where the data lies; undefined keeps it in memory.
 * @param beginning the data of another database, as `dumpDataDir` gives it, that a new one begins with; default: none,
 * which takes some seconds longer.
 */
export async function openPglite(folder: string | undefined, beginning?: Blob): Promise<Database> {
  const dataDir = folder === undefined ? 'memory://' : `file://${folder}`;
  const data = beginning === undefined ? {} : { loadDataDir: beginning };
  const pglite = await PGlite.create({ dataDir, ...data }).catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  return databaseOf(pglite);
}

/** PGlite as a Database, which closes it. */
export function databaseOf(pglite: PGlite): Database {
  const assertOpen = (): void => {
    if (pglite.closed) throw new AppError('DATABASE_UNAVAILABLE');
  };
  return {
    query: (sql, parameters) =>
      retryContention(async () => {
        assertOpen();
        return run(pglite, sql, parameters);
      }),
    transaction: <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
      retryContention(async () => {
        assertOpen();
        return inTransaction(pglite, work);
      }),
    close: async () => {
      if (!pglite.closed) await pglite.close();
    },
  };
}
