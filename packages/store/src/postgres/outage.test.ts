import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PostgresServer } from '../../../../tests/services/postgres.ts';
import { POLICY, planOf, publish, runAll, submit, tell } from '../contract/job-fixture.ts';
import type { JobStore } from '../job-store.ts';
import { createPostgresStore } from './create-postgres-store.ts';
import { openPostgres } from './postgres-database.ts';

const UNAVAILABLE = { code: 'DATABASE_UNAVAILABLE' };

/** A server of its own, for it is killed and restarted. */
describe('a store whose PostgreSQL goes away', { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let url: string;
  let stores: JobStore[];
  const open = async (statementTimeoutMilliseconds?: number): Promise<JobStore> => {
    const store = await createPostgresStore({ url, logger: silentLogger(), statementTimeoutMilliseconds });
    stores.push(store);
    return store;
  };
  /** Works in small steps until told to stop, and counts the jobs whose insertion was acknowledged. */
  const work = (store: JobStore) => {
    const state = { working: true, errors: 0, acknowledged: [] as string[] };
    const loop = async (): Promise<void> => {
      while (state.working) {
        try {
          state.acknowledged.push((await submit(store, { plan: planOf(2, 'assemble') })).id);
          await runAll(store);
        } catch (error) {
          expect(error).toMatchObject(UNAVAILABLE);
          state.errors += 1;
          await sleep(20);
        }
      }
    };
    const ended = Promise.all([loop(), loop(), loop()]);
    const stop = async (): Promise<typeof state> => {
      state.working = false;
      await ended;
      return state;
    };
    return { state, stop };
  };
  const recovered = async (store: JobStore): Promise<void> => {
    const begin = performance.now();
    while (performance.now() - begin < 10_000) {
      const failed = await store.ping().then(
        () => false,
        () => true,
      );
      if (!failed) return;
      await sleep(50);
    }
    await store.ping();
  };

  beforeAll(async () => {
    server = await PostgresServer.create();
    ({ url } = await server.start());
    stores = [];
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  afterAll(() => server.stop());

  for (const how of ['restarted', 'killed'] as const) {
    it(`goes on when it was ${how} under load, and loses nothing acknowledged`, async () => {
      const store = await open();
      const worker = work(store);
      await sleep(500);
      if (how === 'killed') {
        await server.kill();
        await expect(store.ping()).rejects.toMatchObject(UNAVAILABLE);
        await sleep(300);
        await server.start();
      } else {
        await server.restart();
      }
      await recovered(store);
      await sleep(500);
      const { errors, acknowledged } = await worker.stop();
      expect(errors).toBeGreaterThan(0);
      await store.republishAll({ running: true });
      await runAll(store);
      for (const id of acknowledged) expect((await store.getJob(id))?.state).toBe('done');
      expect((await store.countStates()).jobs).toEqual({ done: expect.any(Number) });
    });
  }

  it('goes on when its connections are cut, idle or at work', async () => {
    const store = await open();
    const worker = work(store);
    const cutter = openPostgres({ url, poolSize: 1, logger: silentLogger() });
    for (let n = 0; n < 20; n++) {
      await sleep(50);
      await cutter.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
    }
    await worker.stop();
    await Promise.all([store.ping(), store.ping(), store.ping()]);
    await cutter.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
    await cutter.close();
    await sleep(200);
    await store.ping();
    await store.republishAll({ running: true });
    await runAll(store);
    expect((await store.countStates()).jobs).toEqual({ done: expect.any(Number) });
  });

  it('gives up a statement that waits too long, and goes on', async () => {
    const store = await open(500);
    const { id } = await submit(store, { plan: planOf(1) });
    const [message] = await publish(store);
    const blocker = openPostgres({ url, poolSize: 1, logger: silentLogger() });
    await blocker.transaction(async (transaction) => {
      await transaction.query('select from jobs where id = $1 for update', [id]);
      await expect(store.applyEvent(tell(message!, { type: 'done' }), POLICY)).rejects.toMatchObject(UNAVAILABLE);
      await expect(store.cancelJob(id)).rejects.toMatchObject(UNAVAILABLE);
    });
    await blocker.close();
    expect(await store.applyEvent(tell(message!, { type: 'done' }), POLICY)).toMatchObject({ applied: true });
  });

  it('gives up a transaction of a master that stands still, so that others go on', async () => {
    const paused = openPostgres({ url, poolSize: 1, statementTimeoutMilliseconds: 300, logger: silentLogger() });
    const store = await open();
    await submit(store, { plan: planOf(1) });
    const stuck = paused.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock(32341, 2)');
      await sleep(1500);
      await transaction.query('select 1');
    });
    const refused = expect(stuck).rejects.toMatchObject(UNAVAILABLE);
    await sleep(50);
    expect(await publish(store)).toHaveLength(1);
    await refused;
    await paused.close();
  });

  it('says at start what is wrong', async () => {
    const logger = silentLogger();
    const nobody = new URL(url);
    nobody.port = '1';
    await expect(createPostgresStore({ url: nobody.href, logger })).rejects.toMatchObject(UNAVAILABLE);
    nobody.port = new URL(url).port;
    nobody.pathname = '/nothing';
    await expect(createPostgresStore({ url: nobody.href, logger })).rejects.toMatchObject(UNAVAILABLE);
    for (const options of [
      { url: 'localhost:5432' },
      { url: 'http://localhost' },
      { url, caFile: '/nowhere/ca.pem' },
    ]) {
      await expect(createPostgresStore({ ...options, logger })).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
    }
  });
});
