import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { SCENE_BYTES, sceneSeries, WINDOW } from './composite-series.ts';
import type { CompositeWork } from './composite-thread.ts';
import { median, type Measurement } from './measurement.ts';

const THREADS = Math.min(2, availableParallelism());
const RUNS = 3;
const SERIES = [32, 216];
/** Windows of a granule of 10980 pixels, about. */
const WINDOWS = 110;

interface Timing {
  readonly seconds: number;
  /** Of all runs in turn. */
  readonly times: readonly number[];
  readonly planes: Buffer;
}

type Way = Pick<CompositeWork, 'mode' | 'vectors'>;

/** Makes the composite of a window on all threads, some times over, from samples in memory. */
async function timeWindow(samples: SharedArrayBuffer, scenes: number, way: Way, runs = RUNS): Promise<Timing> {
  const result = new SharedArrayBuffer(SCENE_BYTES);
  const rows = WINDOW / THREADS;
  const threads = Array.from({ length: THREADS }, (_, index) => {
    const workerData: CompositeWork = {
      ...{ samples, result, scenes, ...way },
      rows: { from: index * rows, to: (index + 1) * rows },
    };
    return new Worker(new URL('composite-thread.ts', import.meta.url), { workerData });
  });
  const run = () =>
    Promise.all(
      threads.map((thread) => {
        thread.postMessage('make');
        return once(thread, 'message');
      }),
    );
  try {
    // The first run compiles.
    await run();
    const times: number[] = [];
    for (let index = 0; index < runs; index++) {
      const start = performance.now();
      await run();
      times.push((performance.now() - start) / 1000);
    }
    return { seconds: median(times), times, planes: Buffer.from(new Uint8Array(result)) };
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

type PeerTiming = Readonly<Record<'course' | 'packed', Omit<Timing, 'times'>>>;

/** Runs numba on the same samples; undefined where there is no numba. */
async function timePeer(path: string, scenes: number): Promise<PeerTiming | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'composite-peer-'));
  const result = join(folder, 'result.raw');
  const script = fileURLToPath(new URL('composite-peer.py', import.meta.url));
  const run = promisify(execFile);
  try {
    if (!(await hasNumba())) return undefined;
    const args = [script, path, scenes, WINDOW, THREADS, result].map(String);
    const { stdout } = await run('/usr/bin/python3', args);
    const seconds = JSON.parse(stdout) as Readonly<Record<keyof PeerTiming, number>>;
    const planes = await readFile(result);
    return {
      course: { seconds: seconds.course, planes: planes.subarray(0, SCENE_BYTES) },
      packed: { seconds: seconds.packed, planes: planes.subarray(SCENE_BYTES) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hasNumba(): Promise<boolean> {
  try {
    await promisify(execFile)('/usr/bin/python3', ['-c', 'import numba']);
    return true;
  } catch {
    process.stderr.write('  no numba: apt-get install python3-numba\n');
    return false;
  }
}

async function load(path: string, scenes: number): Promise<SharedArrayBuffer> {
  const samples = new SharedArrayBuffer(scenes * SCENE_BYTES);
  const file = await open(path);
  try {
    for (let scene = 0; scene < scenes; scene++)
      await file.read(new Uint8Array(samples, scene * SCENE_BYTES, SCENE_BYTES), 0, SCENE_BYTES, scene * SCENE_BYTES);
  } finally {
    await file.close();
  }
  return samples;
}

/** The median of luminance of a series of scenes over one window, from samples in memory: ours, and numba's. */
export async function composite(): Promise<readonly Measurement[]> {
  const path = await sceneSeries(Math.max(...SERIES));
  const measurements: Measurement[] = [];
  for (const scenes of SERIES) {
    const bench = `median of ${String(scenes)} scenes, 1024², ${String(THREADS)} threads`;
    const samples = await load(path, scenes);
    const exact = await timeWindow(samples, scenes, { mode: 'exact', vectors: true });
    const scalar = await timeWindow(samples, scenes, { mode: 'exact', vectors: false });
    const course = await timeWindow(samples, scenes, { mode: 'course', vectors: true });
    const peer = await timePeer(path, scenes);
    expectSame('vectors and scalars', exact, scalar);
    const add = (what: string, value: number, unit: string, goal?: Measurement['goal']): void =>
      void measurements.push({ bench, what, value, unit, goal });
    add('exact', exact.seconds, 's');
    add('exact, without vectors', scalar.seconds, 's');
    add('course', course.seconds, 's');
    add('pixels that differ between course and exact', 100 * differing(course.planes, exact.planes), '%');
    if (scenes === SERIES[0]) {
      const { times } = await timeWindow(samples, scenes, { mode: 'exact', vectors: true }, WINDOWS);
      const late = median(times.slice(-10)) / median(times.slice(0, 10));
      add(`of ${String(WINDOWS)} windows: the last ten ÷ the first ten`, late, '', { atMost: 1.1 });
    }
    if (!peer) continue;
    expectSame('the course and numba', course, peer.course);
    expectSame('the exact ones and numba', exact, peer.packed);
    add("numba, the original's way", peer.course.seconds, 's');
    add('numba, packed keys', peer.packed.seconds, 's');
    add("numba, the original's way ÷ exact", peer.course.seconds / exact.seconds, '', { atLeast: 2 });
    add('numba, packed keys ÷ exact', peer.packed.seconds / exact.seconds, '');
  }
  return measurements;
}

function expectSame(what: string, a: Pick<Timing, 'planes'>, b: Pick<Timing, 'planes'>): void {
  if (!a.planes.equals(b.planes)) throw new Error(`${what} give different pixels`);
}

/** Share of pixels of which any band differs. */
function differing(a: Uint8Array, b: Uint8Array): number {
  const pixels = a.length / 3;
  let count = 0;
  for (let at = 0; at < pixels; at++)
    if (a[at] !== b[at] || a[at + pixels] !== b[at + pixels] || a[at + 2 * pixels] !== b[at + 2 * pixels]) count++;
  return count / pixels;
}
