import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import { expect } from 'vitest';
import { sha256, type SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { checkout } from '../machines/checkout.ts';
import type { OneMachine } from './one-machine.ts';
import type { SceneStep } from './scene.ts';

const CANNY = { pipeline: [{ op: 'canny' }], output: { format: 'png' } };

/** docs/operator/data.md: backup and restore, secrets, and a worker that goes, of the docker form. */
export function dataSteps(place: () => OneMachine): Readonly<Record<string, SceneStep>> {
  let visitor: SiteClient;
  let finished: JobDto;
  let digest: string;
  let before: readonly string[];
  const secrets = (...names: readonly string[]): Promise<string[]> =>
    Promise.all(names.map((name) => place().secret(name)));
  const changing = [
    'admin-token broker-master-password broker-executor-password s3-secret-access-key',
    'executor-s3-secret-access-key database-password',
  ].flatMap((names) => names.split(' '));
  const jobs = async (): Promise<readonly string[]> =>
    (await visitor.json<{ jobs: JobDto[] }>('/jobs')).jobs.map(({ id }) => id);

  return {
    Backup: {
      before: async () => {
        await place().write('/tessera/.env', 'SITE_ADDRESS=0.0.0.0\n');
        await place().run('docker compose up -d');
        await place().ready();
        visitor = await place().visitor();
        const image = await visitor.upload(await readFile(join(checkout, 'fixtures/photos/rocket.jpg')), 'rocket.jpg');
        finished = await visitor.ended((await visitor.submit(image, CANNY)).id);
        expect(finished.state).toBe('done');
        digest = sha256(await visitor.result(finished.id));
      },
      after: async ([made, looked]) => {
        expect(made).toMatch(/^(\d+) objects, \1 of them new/);
        expect(looked).toMatch(/ 0 not as they should be/);
        expect((await place().run('stat -c %a /var/backups/tessera')).trim()).toBe('700');
      },
    },
    Restore: {
      before: async () => {
        await place().run('docker compose down --volumes');
      },
      after: async ([output]) => {
        expect(output).toMatch(/objects put back\n0 unfinished jobs begin anew\n\d+ objects read, 0 not/);
        await place().smoke();
        expect(sha256(await visitor.result(finished.id))).toBe(digest);
      },
    },
    'The cookie secret': {
      before: async () => {
        const image = await visitor.upload(await readFile(join(checkout, 'fixtures/photos/rocket.jpg')), 'rocket.jpg');
        finished = await visitor.ended((await visitor.submit(image, CANNY)).id);
        before = [visitor.cookie, ...(await jobs())];
        expect(before).toContain(finished.id);
      },
      after: async () => {
        await place().ready();
        // The same visitor as before, with a cookie by the new secret.
        const [cookie, ...known] = before;
        expect(await jobs()).toEqual(known);
        expect(visitor.cookie).not.toBe(cookie);
        expect((await place().secret('cookie-secret')).split('\n')).toHaveLength(2);
      },
    },
    'All others of the docker form on one machine': {
      before: async () => {
        before = await secrets(...changing);
      },
      after: async () => {
        await place().smoke();
        const now = await secrets(...changing);
        for (const [index, name] of changing.entries()) expect(now[index], name).not.toBe(before[index]);
        expect(await place().executors(now[0]!)).toBe(1);
        await expect(place().executors(before[0]!)).rejects.toThrow('401');
        expect(await jobs()).toContain(finished.id);
      },
    },
    'Adding and draining a worker': {
      after: async () => {
        expect(await place().run('docker compose logs --no-log-prefix executor | tail -n 1')).toContain(
          'executor:stopped',
        );
        // As the text above it says.
        await place().run('docker compose up --detach --scale executor=2 --no-recreate executor');
        const token = await place().secret('admin-token');
        await waitUntil('two executors are known', async () => (await place().executors(token)) === 2, { ms: 60_000 });
        await place().smoke();
      },
    },
  };
}
