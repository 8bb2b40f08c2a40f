import { AppError, type Logger } from '@tessera/runtime';
import pg from 'pg';
import type { ClientConfig, PoolClient, PoolConfig } from 'pg';
import { toDatabaseError } from '../database-error.ts';
import type { Database, Parameter, Queryable, Row, Transaction } from '../database.ts';
import { retryContention } from '../retry-contention.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections at one time. Default 10. */
  readonly poolSize?: number | undefined;
  /** Certificate authority, PEM: the connection is encrypted and the server's name checked. */
  readonly ca?: string | undefined;
  /** A statement is given up after this long, and so is a transaction in which nothing happens. Default 10 000 ms. */
  readonly statementTimeoutMilliseconds?: number | undefined;
  readonly logger: Logger;
}

/** For a connection to be made or to become free. */
const CONNECT_TIMEOUT_MILLISECONDS = 5000;
/** How much longer than the server's timeout the client waits for an answer, for a server that is gone without a word. */
const ANSWER_GRACE_MILLISECONDS = 2000;
/** Migrations have no timeout on the server; this bounds the wait for a server that is gone. */
const SCRIPT_TIMEOUT_MILLISECONDS = 3_600_000;

const INT8 = 20;

/** Where and how to connect. `sslmode` in an address would undo `ssl`, so it is taken out where `ca` is given. */
export function addressOf({ url, ca }: Pick<PostgresOptions, 'url' | 'ca'>): ClientConfig {
  if (ca === undefined) return { connectionString: url };
  const address = new URL(url);
  for (const name of ['sslmode', 'sslrootcert', 'ssl']) address.searchParams.delete(name);
  return { connectionString: address.href, ssl: { ca } };
}

function poolConfig({ url, poolSize, ca, statementTimeoutMilliseconds = 10_000 }: PostgresOptions): PoolConfig {
  const types = new pg.TypeOverrides();
  // Sums, counts and sequence numbers stay below 2⁵³; the readers of rows refuse others.
  types.setTypeParser(INT8, Number);
  return {
    ...addressOf({ url, ca }),
    max: poolSize ?? 10,
    application_name: 'tessera',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MILLISECONDS,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMilliseconds,
    idle_in_transaction_session_timeout: statementTimeoutMilliseconds,
    query_timeout: statementTimeoutMilliseconds + ANSWER_GRACE_MILLISECONDS,
    types,
  };
}

async function run(client: PoolClient, sql: string, parameters: readonly Parameter[] = []): Promise<readonly Row[]> {
  try {
    const { rows } = await client.query<Row>(sql, [...parameters]);
    return rows;
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/** A connection may be used again after an error that the server told; after any other its state is not known. */
function isBroken(error: unknown): boolean {
  return AppError.is(error) && error.code === 'DATABASE_UNAVAILABLE';
}

async function inTransaction<T>(client: PoolClient, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  await run(client, 'begin isolation level read committed');
  try {
    const value = await work({
      query: (sql, parameters) => run(client, sql, parameters),
      script: async (sql) => {
        const script = { text: sql, query_timeout: SCRIPT_TIMEOUT_MILLISECONDS };
        await client.query(script).catch((error: unknown) => {
          throw toDatabaseError(error);
        });
      },
    });
    const { command } = await client.query('commit').catch((error: unknown) => {
      throw toDatabaseError(error);
    });
    if (command !== 'COMMIT') throw new AppError('INTERNAL', { message: 'A failed transaction was not given up.' });
    return value;
  } catch (error) {
    // A connection that can't even roll back is closed by the caller, and the server rolls back.
    if (!isBroken(error)) await run(client, 'rollback');
    throw error;
  }
}

/** A Database on a PostgreSQL server (15 or newer). Connections lost to a restart are replaced at the next use. */
export function openPostgres(options: PostgresOptions): Database {
  const { logger } = options;
  const pool = new pg.Pool(poolConfig(options));
  // Without listeners a lost connection would end the process: the pool's is for idle ones, the clients' for those in use.
  pool.on('error', (error) => {
    logger.warn({ err: error }, 'database:connection-lost');
  });
  pool.on('connect', (client) => {
    client.on('error', (error) => {
      logger.debug({ err: error }, 'database:connection-error');
    });
  });

  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw toDatabaseError(error);
    });
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      broken = isBroken(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const query: Queryable['query'] = (sql, parameters) =>
    retryContention(() => withClient((client) => run(client, sql, parameters)));
  let closing: Promise<void> | undefined;
  return {
    query,
    transaction: (work) => retryContention(() => withClient((client) => inTransaction(client, work))),
    close: () => (closing ??= pool.end()),
  };
}
