/** One row as the driver gives it: strings, numbers, booleans, dates, arrays, parsed JSON, null. */
export type Row = Readonly<Record<string, unknown>>;

/** A value for `$1`, `$2`, …; JSON is given as text. */
export type Parameter = string | number | boolean | null | Date | readonly string[];

/** Something that runs one statement: a database, which commits it by itself, or a transaction. */
export interface Queryable {
  query(sql: string, parameters?: readonly Parameter[]): Promise<readonly Row[]>;
}

export interface Transaction extends Queryable {
  /** Runs several statements without parameters. */
  script(sql: string): Promise<void>;
}

/**
 * What the store needs of PostgreSQL. Errors are AppErrors already: DATABASE_UNAVAILABLE for a lost or missing
 * connection, CONFLICT and NOT_FOUND for broken unique and foreign keys. Statements and transactions that lost to
 * another one (deadlock, serialization) were tried again, so a transaction's function may run more than once.
 */
export interface Database extends Queryable {
  /** READ COMMITTED; commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
