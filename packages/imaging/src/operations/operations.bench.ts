/**
 * Megapixels per second of CPU time of one thread on a band of 12000 × 512 pixels of noise, in vectors and in plain
 * arithmetic: `node packages/imaging/src/operations/operations.bench.ts [FILTER]`.
 */
import process from 'node:process';
import type { Region } from '@tessera/contracts';
import type { Raster, Window } from '../raster.ts';
import { classFilter } from './edges/canny/classify.ts';
import { canny } from './edges/canny/canny.ts';
import { runFilter, runScalar, type Filter } from './filter.ts';
import { gaussianFilter } from './blur/gaussian-blur.ts';
import { gaussianKernel } from './blur/gaussian-kernel.ts';
import { grayFilter } from './colour/grayscale.ts';
import { invert } from './tone/invert.ts';
import { medianFilter } from './blur/median.ts';
import { squareFilter } from './morphology/square-filter.ts';
import { noise } from './picture.fixture.ts';
import { runPointFilter, runPointScalar, type PointFilter } from './point-filter.ts';
import { sharpenFilter } from './detail/sharpen.ts';
import { swapFilter } from './colour/swap-red-blue.ts';
import { thresholdFilter } from './tone/threshold.ts';

const picture = { width: 12000, height: 12000 };
const region: Region = { x: 0, y: 1024, width: 12000, height: 512 };
const HALO = 31;

/** The best of several runs: others on the machine make the rest slower. */
function megapixelsPerSecond(runs: number, compute: () => unknown): number {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    compute();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return (region.width * region.height) / best;
}

function print(name: string, vectors: number | undefined, scalar: number | undefined): void {
  const column = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(1)).padStart(10);
  process.stdout.write(`${name.padEnd(28)}${column(vectors)}${column(scalar)}\n`);
}

function measured(name: string): boolean {
  return name.includes(process.argv[2] ?? '');
}

for (const channels of [1, 3, 4]) {
  const raster = noise(region.width, region.height, channels, 7, 256);
  const tall = noise(region.width, region.height + 2 * HALO, channels, 7, 256);
  const input: Window = { x: 0, y: region.y - HALO, raster: tall };
  process.stdout.write(
    `\n${`${channels} channels, MP/s`.padEnd(28)}${'vectors'.padStart(10)}${'scalar'.padStart(10)}\n`,
  );

  const points: Record<string, PointFilter> =
    channels === 1
      ? { threshold: thresholdFilter(1, 100) }
      : { grayscale: grayFilter(channels), 'swap-red-blue': swapFilter(channels) };
  for (const [name, filter] of Object.entries(points)) {
    if (!measured(name)) continue;
    const vectors = megapixelsPerSecond(5, () => runPointFilter(raster, filter));
    print(
      name,
      vectors,
      megapixelsPerSecond(3, () => runPointScalar(raster, filter)),
    );
  }
  if (measured('invert')) print('invert', undefined, invertSpeed(raster));

  const filters: Record<string, Filter> = {
    'gaussian-blur 5': gaussianFilter(gaussianKernel(5, 0)),
    'gaussian-blur 21': gaussianFilter(gaussianKernel(21, 0)),
    'gaussian-blur 61': gaussianFilter(gaussianKernel(61, 0)),
    sharpen: sharpenFilter,
    'median 3': medianFilter(3),
    'median 5': medianFilter(5),
    'median 7': medianFilter(7),
    'dilate 5': squareFilter('brightest', 5),
    'erode 31': squareFilter('darkest', 31),
    'canny classes': classFilter({ low: 100, high: 200, aperture: 3, l2: false }),
  };
  for (const [name, filter] of Object.entries(filters)) {
    if (!measured(name)) continue;
    const vectors = megapixelsPerSecond(5, () => runFilter(input, region, picture, filter));
    print(
      name,
      vectors,
      megapixelsPerSecond(1, () => runScalar(input, region, picture, filter)),
    );
  }
  if (measured('canny observe')) print('canny observe', observeSpeed(input), undefined);
}

function invertSpeed(raster: Raster): number {
  return megapixelsPerSecond(5, () => invert.apply(raster, {}));
}

function observeSpeed(input: Window): number {
  return megapixelsPerSecond(3, () =>
    canny.observe(input, region, picture, { low: 100, high: 200, aperture: 3, l2: false }, undefined),
  );
}
