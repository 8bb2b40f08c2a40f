import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { planCog } from '@tessera/geo';
import { AppError, silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createS3Store } from '@tessera/storage/s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openBench, type Bench } from '../../../../packages/codec/src/decode/decoder-fixture.ts';
import { makeRaster, writeCog } from '../../../../packages/geo/src/cog/write-cog-fixture.ts';
import { makeMedian } from './make-median.ts';
import type { WorkServer } from '../http/work-server.ts';
import { serveMedian } from './serve-median.ts';

const TOKEN = 'a-token-of-the-tests-with-40-characters-';
const SCENES = 7;
const side = { width: 420, height: 400 };
const window = [33, 70, 300, 290] as const;

/** numpy and rasterio: whether a file holds the window's medians of luminance, at the right place on the earth. */
const ORACLE = `
import sys, rasterio, numpy as np
from rasterio.windows import Window
x, y, w, h = map(int, sys.argv[1:5])
result, *scenes = [rasterio.open(path) for path in sys.argv[5:]]
s = np.stack([scene.read(window=Window(x, y, w, h)) for scene in scenes]).astype(int)
good = ((s != 0) & (s != 255)).all(axis=1)
total = np.where(good, s.sum(axis=1), 10 ** 6)
order = np.lexsort((s[:, 1], s[:, 0], total), axis=0)
n = good.sum(axis=0)
index = np.take_along_axis(order, (n // 2).clip(max=len(scenes) - 1)[None], axis=0)
wanted = np.where(n > 0, np.take_along_axis(s, index[:, None], axis=0)[0], 0)
same = np.array_equal(wanted, result.read())
placed = result.transform == scenes[0].window_transform(Window(x, y, w, h)) and result.crs == scenes[0].crs
print(same, placed, result.profile['tiled'], result.nodata, len(np.unique(n)) > 2)
`;

/** OpenCV: the scenes as pictures, beside them. */
const PICTURES = `
import sys, cv2, rasterio, numpy as np
for path in sys.argv[1:]:
    pixels = np.ascontiguousarray(rasterio.open(path).read()[::-1].transpose(1, 2, 0))
    cv2.imwrite(path + '.png', pixels)
    cv2.imwrite(path + '.jpg', pixels)
`;
const SAME = `
import sys, rasterio
a, b = [rasterio.open(path).read() for path in sys.argv[1:3]]
print((a == b).all())
`;

// Threads that start on a busy machine take their time.
describe('POST /median', { timeout: 120_000 }, () => {
  let objects: ObjectStore;
  let server: WorkServer;
  let folder: string;
  let bench: Bench;
  let files: readonly string[];
  const keys = Array.from({ length: SCENES }, (_, index) => `uploads/scene-${String(index)}`);

  beforeAll(async () => {
    objects = createS3Store({ ...inject('s3'), forcePathStyle: true, prefix: `median/${randomUUID()}` });
    folder = await mkdtemp(join(tmpdir(), 'median-'));
    const layout = planCog({
      ...{ ...side, type: 'uint8', bands: 3, tile: 128, photometric: 'rgb', nodata: 0 },
      ...{ epsg: 32_610, transform: [500_000, 10, 0, 5_000_000, 0, -10] },
    });
    files = await Promise.all(
      keys.map(async (key, seed) => {
        const raster = makeRaster(side, 'uint8', 3, { seed: seed + 1, hole: 0 });
        // Few levels, so that many sums are equal; some are saturated.
        for (const band of raster.bands)
          band.forEach((value, at) => {
            band[at] = value > 230 ? 255 : value === 0 ? 0 : 1 + (((value >> 2) * (7 + seed)) % 30);
          });
        const file = await writeCog(layout, raster, Infinity);
        await objects.put(key, file);
        const path = join(folder, `scene-${String(seed)}.tif`);
        await writeFile(path, file);
        return path;
      }),
    );
    // So small that the window is made in several blocks of rows.
    bench = await openBench();
    const { decoder, folder: scratch } = bench;
    const deps = { objects, decoder, scratch, scratchBytes: 100_000_000, prefix: 'medians/', budget: 1_000_000 };
    server = await serveMedian({
      ...{ host: '127.0.0.1', port: 0, token: TOKEN, parallel: 1, logger: silentLogger() },
      make: (request, signal) => makeMedian(deps, request, signal),
    });
  });
  afterAll(async () => {
    await server.close();
    await bench.close();
    await rm(folder, { recursive: true, force: true });
    await objects.close();
  });

  const ask = (body: unknown, token: string | undefined = TOKEN, query = '') =>
    fetch(`http://127.0.0.1:${String(server.port)}/median${query}`, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const refusal = async (response: Promise<Response>) => {
    const { status } = await response;
    const { error } = (await (await response).json()) as { readonly error: { readonly code: string } };
    return { status, code: error.code };
  };
  const stored = async (key: string) => Buffer.concat(await (await objects.get(key)).toArray());

  it('stores the medians of a window as a GeoTIFF, and the same for a pushed message', async () => {
    const destination = 'medians/plain.tif';
    expect((await ask({ window, destination, datasets: keys })).status).toBe(204);
    const file = await stored(destination);
    const path = join(folder, 'result.tif');
    await writeFile(path, file);
    const args = ['-c', ORACLE, ...window.map(String), path, ...files];
    const { stdout } = await promisify(execFile)('/usr/bin/python3', args);
    expect(stdout.trim()).toBe('True True True 0.0 True');

    const pushed = { window, destination: 'medians/pushed.tif', datasets: keys.toReversed() };
    const data = Buffer.from(JSON.stringify(pushed)).toString('base64');
    const envelope = { message: { data, messageId: '1' }, subscription: 'projects/p/subscriptions/s' };
    // Push services send no header of their own.
    expect((await ask(envelope, '', `?token=${TOKEN}`)).status).toBe(204);
    expect((await stored('medians/pushed.tif')).equals(file)).toBe(true);
  });

  it('stores JPEG tiles where they are asked for', async () => {
    const destination = 'medians/lossy.tif';
    const request = { window: [0, 0, 130, 100], destination, datasets: keys.slice(0, 2), compression: 'jpeg' };
    expect((await ask(request)).status).toBe(204);
    expect((await stored(destination)).includes(Buffer.from('LAYOUT=IFDS_BEFORE_DATA'))).toBe(true);
  });

  it('reads scenes that are pictures, by the decoder and its limits', async () => {
    await promisify(execFile)('/usr/bin/python3', ['-c', PICTURES, ...files]);
    const put = async (end: string) =>
      Promise.all(
        files.map(async (path, index) => {
          const key = `uploads/picture-${String(index)}${end}`;
          await objects.put(key, await readFile(`${path}${end}`));
          return key;
        }),
      );
    expect((await ask({ window, destination: 'medians/png.tif', datasets: await put('.png') })).status).toBe(204);
    const [plain, png] = [join(folder, 'of-tiffs.tif'), join(folder, 'of-pictures.tif')];
    expect((await ask({ window, destination: 'medians/of-tiffs.tif', datasets: keys })).status).toBe(204);
    await writeFile(plain, await stored('medians/of-tiffs.tif'));
    await writeFile(png, await stored('medians/png.tif'));
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', SAME, plain, png]);
    expect(stdout.trim()).toBe('True');
    const jpegs = await put('.jpg');
    expect((await ask({ window, destination: 'medians/jpeg.tif', datasets: jpegs })).status).toBe(204);
    const half = (await readFile(`${files[0] ?? ''}.png`)).subarray(0, 3000);
    await objects.put('uploads/half.png', half);
    const cut = ask({ window, destination: 'medians/never.tif', datasets: ['uploads/half.png'] });
    expect(await refusal(cut)).toEqual({ status: 422, code: expect.stringMatching(/^(CORRUPT|TRUNCATED)_IMAGE$/) });
    expect((await readdir(bench.folder)).filter((name) => name.startsWith('scenes-'))).toEqual([]);
  });

  it('says what is wrong, and what may be tried again', async () => {
    const good = { window, destination: 'medians/never.tif', datasets: keys.slice(0, 1) };
    expect(await refusal(ask(good, 'wrong'))).toEqual({ status: 401, code: 'UNAUTHORIZED' });
    expect(await refusal(ask(good, ''))).toEqual({ status: 401, code: 'UNAUTHORIZED' });
    const bad = [
      'no JSON',
      { message: { data: 'e30=' } },
      { ...good, window: [0, 0, 0, 5] },
      { ...good, window: [0, 0, 421, 5] },
      { ...good, datasets: [] },
      { ...good, destination: 'uploads/never.tif' },
      { ...good, destination: 'medians/../uploads/never.tif' },
    ];
    for (const body of bad) expect(await refusal(ask(body))).toEqual({ status: 400, code: 'BAD_REQUEST' });
    const missing = { ...good, datasets: [...keys, 'uploads/none'] };
    expect(await refusal(ask(missing))).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(await refusal(ask('x'.repeat(3 << 20)))).toEqual({ status: 413, code: 'FILE_TOO_LARGE' });
    const away = await serveMedian({
      ...{ host: '127.0.0.1', port: 0, token: TOKEN, parallel: 0, logger: silentLogger() },
      make: async () => undefined,
    });
    const busy = fetch(`http://127.0.0.1:${String(away.port)}/median?token=${TOKEN}`, { method: 'POST', body: '{}' });
    expect(await refusal(busy)).toEqual({ status: 429, code: 'RATE_LIMITED' });
    await away.close();
    expect(await objects.head('medians/never.tif')).toBeUndefined();
  });

  it('answers faults so that the push is repeated, and what can never be made so that it is not', async () => {
    const cases = [
      [new Error('a thread that stopped'), 500, 'INTERNAL'],
      [new AppError('STORE_UNAVAILABLE'), 503, 'STORE_UNAVAILABLE'],
      [new AppError('CORRUPT_RASTER'), 422, 'CORRUPT_RASTER'],
    ] as const;
    const faults = cases.map(([fault]) => fault);
    const faulty = await serveMedian({
      ...{ host: '127.0.0.1', port: 0, token: TOKEN, parallel: 1, logger: silentLogger() },
      make: () => Promise.reject(faults.shift() ?? new Error('asked too often')),
    });
    const data = Buffer.from(JSON.stringify({ window, destination: 'medians/never.tif', datasets: keys }));
    const body = JSON.stringify({ message: { data: data.toString('base64') } });
    for (const [, status, code] of cases) {
      const url = `http://127.0.0.1:${String(faulty.port)}/median?token=${TOKEN}`;
      expect(await refusal(fetch(url, { method: 'POST', body }))).toEqual({ status, code });
    }
    await faulty.close();
  });

  it('leaves off what it does when it is stopped', async () => {
    const begun = Promise.withResolvers<void>();
    const stopped = await serveMedian({
      ...{ host: '127.0.0.1', port: 0, token: TOKEN, parallel: 1, logger: silentLogger() },
      make: (_request, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          begun.resolve();
        }),
    });
    const body = JSON.stringify({ window, destination: 'medians/never.tif', datasets: keys });
    const asked = fetch(`http://127.0.0.1:${String(stopped.port)}/median?token=${TOKEN}`, { method: 'POST', body });
    await begun.promise;
    await stopped.close();
    expect(await refusal(asked)).toEqual({ status: 503, code: 'SHUTTING_DOWN' });
  });
});
