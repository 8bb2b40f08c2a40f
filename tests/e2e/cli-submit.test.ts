import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone, type Standalone } from '@tessera/standalone';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePgliteBeginning } from '../services/pglite-beginning.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('tessera submit', () => {
  let folder: string;
  let photos: string;
  let site: Standalone;
  let receiver: Server;
  let told: { readonly signature: string; readonly body: string }[] = [];

  /** Runs the tool as a shell would, with a state folder of its own. */
  const tessera = (...args: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
      execFile(
        process.execPath,
        [join(root, 'packages/cli/tessera.mjs'), ...args],
        { env },
        (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
        },
      );
    });
  const submit = (...args: readonly string[]): Promise<Run> =>
    tessera('submit', photos, '--server', site.url, '--progress', 'none', ...args);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-submit-'));
    photos = join(folder, 'photos');
    await mkdir(join(photos, 'sub'), { recursive: true });
    for (const name of ['coffee.png', 'rocket.jpg', 'chelsea.png'])
      await copyFile(join(root, 'fixtures/photos', name), join(photos, name));
    await copyFile(join(root, 'fixtures/photos/astronaut.png'), join(photos, 'sub/astronaut.png'));
    await writeFile(join(photos, 'notes.txt'), 'no image');
    receiver = createServer((request, response) => {
      void text(request).then((body) => {
        told.push({ signature: String(request.headers['tessera-signature']), body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const settings = {
      PORT: '0',
      TESSERA_DATA: join(folder, 'data'),
      WEBHOOK_PORTS: String((receiver.address() as AddressInfo).port),
    };
    await writePgliteBeginning(join(folder, 'data/database/pglite'));
    // The receiver of this test stands for the public internet.
    site = await startStandalone(parseConfig(standaloneConfigShape, settings), silentLogger(), {
      urls: {
        resolve: () => Promise.resolve(['127.0.0.1']),
        isAllowed: (address) => address === '127.0.0.1',
      },
    });
  });
  afterAll(async () => {
    await site.close();
    receiver.closeAllConnections();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  const images = async (): Promise<number> => (await readdir(join(folder, 'data/objects/uploads'))).length;

  it('makes a folder of a folder, and does nothing twice', async () => {
    const out = join(folder, 'out');
    const args = ['--op', 'invert', '--strategy', 'random', '--recursive', '--download', out, '--json'];
    const first = await submit(...args);
    expect(first.code, first.stderr).toBe(0);
    expect((await readdir(out, { recursive: true })).sort()).toEqual(
      ['chelsea.png', 'coffee.png', 'rocket.jpg', 'sub', join('sub', 'astronaut.png')].sort(),
    );
    const told = JSON.parse(first.stdout) as { batch: string; files: { end: string; input: string; job: string }[] };
    expect(told.files.map(({ end }) => end)).toEqual(['done', 'done', 'done', 'done']);
    expect(told.batch).toMatch(new RegExp(`^${site.url}/w/`));
    const batch = (await (await fetch(`${site.url}/api/v1/batches/${told.batch.split('/').at(-1) ?? ''}`)).json()) as {
      jobs: { id: string }[];
    };
    expect(batch.jobs.map(({ id }) => id).sort()).toEqual(told.files.map(({ job }) => job).sort());
    const [inverted, expected] = await Promise.all([
      sharp(join(out, 'chelsea.png')).raw().toBuffer(),
      sharp(join(photos, 'chelsea.png')).negate({ alpha: false }).raw().toBuffer(),
    ]);
    expect(inverted.equals(expected)).toBe(true);

    const uploaded = await images();
    const written = (await stat(join(out, 'coffee.png'))).mtimeMs;
    const second = await submit(...args);
    const again = JSON.parse(second.stdout) as typeof told;
    expect(again.files.map(({ end }) => end)).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
    expect([await images(), (await stat(join(out, 'coffee.png'))).mtimeMs]).toEqual([uploaded, written]);

    // What is missing is fetched from the job of before; what is new is the only thing that is sent.
    await rm(join(out, 'coffee.png'));
    await copyFile(join(photos, 'coffee.png'), join(photos, 'new.png'));
    await sharp(join(photos, 'new.png')).flip().toFile(join(photos, 'newer.png'));
    await rm(join(photos, 'new.png'));
    const third = JSON.parse((await submit(...args)).stdout) as typeof told;
    expect(Object.fromEntries(third.files.map(({ input, end }) => [input.slice(photos.length + 1), end]))).toEqual({
      'chelsea.png': 'skipped',
      'coffee.png': 'done',
      'newer.png': 'done',
      'rocket.jpg': 'skipped',
      [join('sub', 'astronaut.png')]: 'skipped',
    });
    expect(await images()).toBe(uploaded + 1);
    await rm(join(photos, 'newer.png'));
  });

  it('reads the pipeline from a file, keeps what was in the way, and replaces it when told', async () => {
    const pipeline = join(folder, 'pipeline.json');
    await writeFile(
      pipeline,
      JSON.stringify({ pipeline: [{ op: 'grayscale' }], output: { format: 'webp', quality: 70 } }),
    );
    const out = join(folder, 'gray');
    await mkdir(out);
    await writeFile(join(out, 'coffee.webp'), 'mine');
    const args = ['--pipeline', pipeline, '--download', out];
    const first = await submit(...args);
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('coffee.webp exists and is another file');
    expect(await readFile(join(out, 'coffee.webp'), 'utf8')).toBe('mine');
    expect((await submit(...args, '--overwrite')).code).toBe(0);
    expect(await sharp(join(out, 'coffee.webp')).metadata()).toMatchObject({ format: 'webp', width: 600 });
  });

  it('leaves the jobs to the site without --watch', async () => {
    const run = await submit('--op', 'erode');
    expect(run.code, run.stderr).toBe(0);
    const jobs = run.stdout.trim().split('\n');
    expect(jobs).toHaveLength(3);
    expect((await fetch(`${site.url}/api/v1/jobs/${jobs[0] ?? ''}`)).status).toBe(200);
  });

  it('has an address told when the jobs and their batch have ended, signed', async () => {
    const secret = join(folder, 'secret');
    await writeFile(secret, 'a secret of this test\n');
    const { port } = receiver.address() as AddressInfo;
    const args = ['--webhook', `http://receiver.example:${port}/hook`];
    const made = await submit('--op', 'dilate', '--watch', '--json', ...args);
    expect(made.code, made.stderr).toBe(0);
    const run = JSON.parse(made.stdout) as { batch: string; webhook: { secret: string }; files: { job: string }[] };
    const check = async (key: string): Promise<void> => {
      await expect.poll(() => told.some(({ body }) => body.includes('batch.ended')), { timeout: 20_000 }).toBe(true);
      for (const { signature, body } of told) {
        const [, time = '', given] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? [];
        expect(given).toBe(createHmac('sha256', key).update(`${time}.${body}`).digest('hex'));
      }
    };
    await check(run.webhook.secret);
    interface Event {
      readonly job?: { readonly id: string };
      readonly batch?: { readonly id: string; readonly done: number };
    }
    const events = told.map(({ body }) => JSON.parse(body) as Event);
    expect(events.flatMap(({ job }) => (job === undefined ? [] : [job.id])).sort()).toEqual(
      run.files.map(({ job }) => job).sort(),
    );
    expect(events.at(-1)?.batch).toMatchObject({ id: run.batch.split('/').at(-1), done: 3 });

    told = [];
    const own = await submit('--op', 'threshold', '--watch', '--json', ...args, '--webhook-secret', secret);
    expect(own.code, own.stderr).toBe(0);
    expect(own.stdout).not.toContain('secret');
    await check('a secret of this test');
    const none = await submit('--op', 'canny', ...args, '--webhook-secret', join(folder, 'nowhere'));
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('can not be read')]);
  });

  it.each([
    [['--op', 'sharpness'], 2, 'there is no such operation'],
    [['--pipeline', 'nowhere.json'], 2, 'can not be read'],
    [['--pipeline', 'x.json', '--op', 'invert'], 2, 'cannot be used with'],
  ])('refuses %j', async (args, code, words) => {
    const run = await submit(...args);
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(words)]);
  });

  it('says what is missing where there is no site to leave the jobs to', async () => {
    const run = await tessera('submit', photos, '--op', 'invert');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('--download')]);
  });
});
