import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileRange, openRaster } from '@tessera/geo';
import type { Measurement } from './measurement.ts';

const run = promisify(execFile);
const SIDE = 1024;
const WINDOWS = 16;

/** Makes a scene of 10 980² pixels as Sentinel-2's with noise in the part that is read, and times rasterio on it. */
const PEER = `
import sys, time, numpy as np, rasterio
from rasterio.windows import Window
from osgeo import gdal
plain, cog = sys.argv[1:3]
side, count = int(sys.argv[3]), int(sys.argv[4])
with rasterio.open(plain, 'w', driver='GTiff', width=10980, height=10980, count=1, dtype='uint16', SPARSE_OK=True,
                   tiled=True, blockxsize=512, blockysize=512, compress='deflate', zlevel=1) as f:
    noise = np.random.default_rng(5).integers(0, 4096, (6144, 6144), dtype='uint16')
    f.write(noise, 1, window=Window(2048, 2048, 6144, 6144))
gdal.Translate(cog, plain, format='COG', creationOptions=['COMPRESS=DEFLATE', 'PREDICTOR=YES', 'OVERVIEWS=NONE', 'SPARSE_OK=YES'])
gdal.SetCacheMax(0)
started, busy = time.perf_counter(), time.process_time()
for i in range(count):
    with rasterio.open(cog) as f:
        f.read(1, window=Window(2100 + (i % 4) * 1200, 2200 + (i // 4) * 1200, side, side))
print((time.perf_counter() - started) / count * 1000, (time.process_time() - busy) / count * 1000)
`;

/** Windows of 1024² pixels of a cloud-optimized GeoTIFF in a file, opened anew each time, against rasterio (GDAL). */
export async function rasterWindow(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  try {
    const [plain = '', cog = ''] = ['plain.tif', 'cog.tif'].map((name) => join(folder, name));
    const { stdout } = await run('/usr/bin/python3', ['-W', 'ignore', '-c', PEER, plain, cog, `${SIDE}`, `${WINDOWS}`]);
    const [theirs = NaN, theirCpu = NaN] = stdout.trim().split(' ').map(Number);
    const file = await open(cog);
    const read = async (i: number): Promise<void> => {
      const raster = await openRaster(await fileRange(file));
      const [x, y] = [2100 + (i % 4) * 1200, 2200 + Math.floor(i / 4) * 1200];
      await raster.readWindow({ x, y, width: SIDE, height: SIDE });
    };
    // Executors live long: their code is compiled.
    for (let i = 0; i < WINDOWS; i += 1) await read(i);
    const started = performance.now();
    const before = process.cpuUsage();
    for (let i = 0; i < WINDOWS; i += 1) await read(i);
    const ours = (performance.now() - started) / WINDOWS;
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / 1000 / WINDOWS;
    await file.close();
    const bench = 'window of 1024² of a uint16 deflate COG';
    return [
      { bench, what: 'packages/geo', value: ours, unit: 'ms' },
      { bench, what: 'rasterio', value: theirs, unit: 'ms' },
      { bench, what: 'packages/geo, processor time', value: cpu, unit: 'ms' },
      { bench, what: 'rasterio, processor time', value: theirCpu, unit: 'ms' },
      {
        bench,
        what: 'packages/geo ÷ rasterio, processor time',
        value: cpu / theirCpu,
        unit: '',
        goal: { atMost: 1.5 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
