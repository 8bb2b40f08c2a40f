import { silentLogger } from '@tessera/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { RESULT, empty, imageRow, planOf, runAll, submit } from '../contract/job-fixture.ts';
import { createJobStore } from '../create-job-store.ts';
import type { Database } from '../database.ts';
import type { JobStore } from '../job-store.ts';
import { migrate } from '../migrate.ts';
import { openBackupSession, type BackupSession, type ReferredObject } from './backup-session.ts';
import { inspectDatabase } from './inspect-database.ts';
import { openPostgres } from './postgres-database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.test-support.ts';

describe('a backup session', () => {
  let test: TestDatabase;
  let database: Database;
  let store: JobStore;
  beforeAll(async () => {
    test = await createTestDatabase(inject('postgresUrl'));
    expect(await inspectDatabase(test)).toEqual({ tables: 0, masters: 0 });
    database = openPostgres({ url: test.url, logger: silentLogger() });
    await migrate(database, silentLogger());
    store = createJobStore(database);
  });
  beforeEach(() => empty(database));
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const referred = async (session: BackupSession): Promise<readonly ReferredObject[]> => {
    const objects: ReferredObject[] = [];
    for await (const object of session.objects()) objects.push(object);
    return objects;
  };

  it('names every object that a row refers to, as of one moment', async () => {
    const image = imageRow();
    await submit(store, { image, plan: planOf(1) });
    await submit(store, { image, plan: planOf(1) });
    await runAll(store);
    const companion = { role: 'picture', key: 'results/one.picture.png', bytes: 5, contentType: 'image/png' };
    await database.query(
      `update jobs set result = result || jsonb_build_object('companions', jsonb_build_array($1::jsonb))`,
      [JSON.stringify(companion)],
    );
    const session = await openBackupSession(test);
    await store.insertImage(imageRow());
    const { key, bytes, contentType } = RESULT;
    expect(await referred(session)).toEqual([
      { key: companion.key, bytes: 5, sha256: null, contentType: 'image/png' },
      { key, bytes, sha256: null, contentType },
      { key: image.key, bytes: image.bytes, sha256: image.sha256, contentType: null },
    ]);
    // Whoever is told the snapshot's name sees the same.
    const seen = await database.transaction(async (transaction) => {
      await transaction.script(
        `set transaction isolation level repeatable read; set transaction snapshot '${session.snapshot}'`,
      );
      return transaction.query('select key from images');
    });
    expect(seen).toEqual([{ key: image.key }]);
    await session.endSnapshot();
    await session.assertAlive();
    await session.close();
  });

  it('keeps masters from deleting objects until it is closed, or dies', async () => {
    const all = { olderThanSeconds: 0, limit: 9, settleSeconds: 0 };
    const image = { ...imageRow(), createdAt: new Date() };
    await store.insertImage(image);
    const session = await openBackupSession(test);
    expect(await store.expireImages(all)).toBe(1);
    expect(await store.listRemovals(9)).toEqual([]);
    expect(await referred(session)).toMatchObject([{ key: image.key }]);
    await session.endSnapshot();
    expect(await store.listRemovals(9)).toEqual([]);
    await session.close();
    expect(await store.listRemovals(9)).toEqual([image.key]);

    const dying = await openBackupSession(test);
    expect(await store.listRemovals(9)).toEqual([]);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tessera-backup' and datname = current_database()`,
    );
    await expect(dying.assertAlive()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await dying.close();
    await expect.poll(() => store.listRemovals(9)).toEqual([image.key]);
  });

  it('is told from masters at work', async () => {
    const facts = await inspectDatabase(test);
    expect(facts.tables).toBeGreaterThan(5);
    expect(facts.masters).toBeGreaterThan(0);
    const nowhere = { url: 'postgres://127.0.0.1:1/none' };
    await expect(inspectDatabase(nowhere)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(openBackupSession(nowhere)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
