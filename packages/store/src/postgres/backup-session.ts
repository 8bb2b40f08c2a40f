import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { advisoryLockSql } from '../advisory-lock.ts';
import { toDatabaseError } from '../database-error.ts';
import type { Row } from '../database.ts';
import { integer, nullable, text } from '../row.ts';
import { addressOf } from './postgres-database.ts';

/** An object that a row refers to. */
export interface ReferredObject {
  readonly key: string;
  readonly bytes: number;
  /** Lower-case hex; null where no row tells it. */
  readonly sha256: string | null;
  readonly contentType: string | null;
}

/** One state of the database, seen by this session and by whoever is told the snapshot's name. */
export interface BackupSession {
  /** For `pg_dump --snapshot`, until `endSnapshot`. */
  readonly snapshot: string;
  /** All objects that the rows of the snapshot refer to, in the order of their keys; until `endSnapshot`. */
  objects(): AsyncIterable<ReferredObject>;
  /** Lets the database go on cleaning up. Until `close` masters still delete no object. */
  endSnapshot(): Promise<void>;
  /** Throws if the connection was lost, so that masters were not kept from deleting any more. */
  assertAlive(): Promise<void>;
  close(): Promise<void>;
}

/** Rows read at one time. */
const ROWS = 2000;
/** Between two signs of life, for whatever stands on the way and ends quiet connections. */
const BEAT_MILLISECONDS = 20_000;

/**
 * Opens a session that keeps masters from deleting objects until it is closed, or dies: what the snapshot refers to
 * stays. It needs a connection of its own all the time, so no pool that shares connections may stand between.
 *
 * @throws AppError DATABASE_UNAVAILABLE.
 */
export async function openBackupSession(options: { url: string; ca?: string | undefined }): Promise<BackupSession> {
  const client = new pg.Client({ ...addressOf(options), application_name: 'tessera-backup', keepAlive: true });
  // A lost connection fails the next statement.
  client.on('error', () => undefined);
  const run = async (sql: string): Promise<readonly Row[]> => {
    try {
      return (await client.query<Row>(sql)).rows;
    } catch (error) {
      throw toDatabaseError(error);
    }
  };
  await client.connect().catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  try {
    // Before the snapshot: what is being deleted now is in no row any more.
    await run(advisoryLockSql('removals'));
    await run('begin isolation level repeatable read read only');
    const [row] = await run('select pg_export_snapshot() as name');
    const beats = new AbortController();
    const beating = beat(() => run('select 1'), beats.signal);
    return {
      snapshot: text(row ?? {}, 'name'),
      objects: () => readObjects(run),
      endSnapshot: async () => {
        await run('commit');
      },
      assertAlive: async () => {
        await run('select 1');
      },
      close: async () => {
        beats.abort();
        await beating;
        await client.end();
      },
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function beat(once: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await sleep(BEAT_MILLISECONDS, undefined, { signal });
      await once();
    }
  } catch {
    // Closed, or the connection is lost, which the next statement tells.
  }
}

async function* readObjects(run: (sql: string) => Promise<readonly Row[]>): AsyncGenerator<ReferredObject, void, void> {
  await run(`declare referred no scroll cursor for
    select key, max(bytes) as bytes, max(sha256) as sha256, max(content_type) as content_type
    from (
      select key, bytes, sha256, null as content_type from images
      union all
      select result ->> 'key', (result ->> 'bytes')::bigint, null, result ->> 'contentType' from jobs where result is not null
      union all
      select companion ->> 'key', (companion ->> 'bytes')::bigint, null, companion ->> 'contentType'
      from jobs, jsonb_array_elements(result -> 'companions') companion where (result -> 'companions') is not null
      union all
      select report ->> 'key', (report ->> 'bytes')::bigint, report ->> 'sha256', 'application/json'
      from jobs, jsonb_array_elements(result -> 'reports') report where (result -> 'reports') is not null
    ) object
    group by key order by key collate "C"`);
  for (;;) {
    const rows = await run(`fetch ${String(ROWS)} from referred`);
    for (const row of rows) {
      yield {
        key: text(row, 'key'),
        bytes: integer({ bytes: Number(row.bytes) }, 'bytes'),
        sha256: nullable(text, row, 'sha256'),
        contentType: nullable(text, row, 'content_type'),
      };
    }
    if (rows.length < ROWS) break;
  }
  await run('close referred');
}
