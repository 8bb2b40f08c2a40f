import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import sharp from 'sharp';
import { once as madeOnce, patch, sequence } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { operationCases } from './ops/cases.ts';
import { SHARP_FORMS } from './ops/sharp-forms.ts';

const WIDTH = 4096;
const HEIGHT = 3072;
const SEED = 11;
/** Ours and OpenCV are measured so often in turn, and the best of each counts: others on the machine only make slower. */
const ROUNDS = 2;
/** Rows of the picture that sharp is given: it is slow to start, not to go on. */
const SHARP_ROWS = 1024;
/** What the course's ten operations have to reach of OpenCV's speed, what all do in the middle, and each at least. */
const GOALS = { named: 0.7, middle: 0.5, least: 0.15 } as const;
const NAMED = 10;
/** OpenCV has no such function: their peer is SciPy, whose pace is told and not judged by. */
const OF_SCIPY: ReadonlySet<string> = new Set(['rank-filter']);

/** Megapixels per second of processor time, by operation. */
type Paces = ReadonlyMap<string, number>;

/** What a program of the folder `ops` tells of an operation. */
interface Pace {
  readonly op: string;
  readonly pace: number;
  /** Where results are written into memory that was written to before. */
  readonly again?: number;
}

/**
 * Each operation on one thread: in vectors, in plain arithmetic, in sharp and in OpenCV, in megapixels per second of
 * processor time.
 *
 * Counted is what a pass does in an executor: from a raster to a raster, in bands of 512 rows with the rows around them
 * that an operation reads; global operations look and are applied. Each side makes its result: ours in memory that a thread
 * keeps of results that are done with, as the threads of executors do; OpenCV in a new array, as whoever calls it without
 * telling where gets it. How fast it is where it may write over its last result is told besides. Reading, decoding and
 * encoding are not counted.
 */
export async function ops(): Promise<readonly Measurement[]> {
  const picture = await input();
  const vectors: Pace[] = [];
  const theirs: Pace[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    vectors.push(...(await run(process.execPath, ['run-ours.ts', picture, ...size, 'vectors'])));
    theirs.push(...(await run('/usr/bin/python3', ['opencv-peer.py', picture, ...size], questions())));
  }
  const ours = bestOf(vectors);
  const opencv = bestOf(theirs);
  const again = bestOf(theirs.map(({ op, pace, again = pace }) => ({ op, pace: again })));
  const scalar = bestOf(await run(process.execPath, ['run-ours.ts', picture, ...size, 'scalar']));
  const sharps = await sharpPaces(picture);
  const cases = operationCases();
  const ratioTo = (paces: Paces, op: string): number | undefined => {
    const [mine, other] = [ours.get(op), paces.get(op)];
    return mine === undefined || other === undefined || OF_SCIPY.has(op) ? undefined : mine / other;
  };
  const ratios = (paces: Paces): readonly number[] => cases.flatMap(({ step }) => ratioTo(paces, step.op) ?? []);
  const [all, allAgain] = [ratios(opencv), ratios(again)];
  return [
    ...cases.flatMap(({ step: { op } }, n) => [
      ...row(`${op}: vectors`, ours.get(op), 'MP/s'),
      ...row(`${op}: plain arithmetic`, scalar.get(op), 'MP/s'),
      ...row(`${op}: sharp`, sharps.get(op), 'MP/s'),
      ...row(`${op}: ${OF_SCIPY.has(op) ? 'SciPy' : 'OpenCV'}`, opencv.get(op), 'MP/s'),
      ...row(`${op}: over its last result`, again.get(op), 'MP/s'),
      ...row(`${op}: of OpenCV's`, ratioTo(opencv, op), '', n < NAMED ? GOALS.named : GOALS.least),
    ]),
    ...row("all operations: the middle one of OpenCV's", median(all), '', GOALS.middle),
    ...row("all operations: the least of OpenCV's", Math.min(...all), '', GOALS.least),
    ...row("the named ten: the least of OpenCV's", Math.min(...all.slice(0, NAMED)), '', GOALS.named),
    ...row('all operations, OpenCV over its last result: the middle one', median(allAgain), ''),
    ...row('all operations, OpenCV over its last result: the least', Math.min(...allAgain), ''),
    ...row('the named ten, OpenCV over its last result: the least', Math.min(...allAgain.slice(0, NAMED)), ''),
  ];
}

function row(what: string, value: number | undefined, unit: string, atLeast?: number): readonly Measurement[] {
  if (value === undefined) return [];
  return [{ bench: 'ops', what, value, unit, goal: atLeast === undefined ? undefined : { atLeast } }];
}

const size = [String(WIDTH), String(HEIGHT)];

/** A photograph with grain, raw RGB. */
function input(): Promise<string> {
  return madeOnce(`ops-${size.join('x')}.raw`, async (path) => {
    await writeFile(path, await patch(WIDTH, HEIGHT, sequence(SEED)));
  });
}

const questions = (): string =>
  operationCases()
    .map(({ step: { op, params }, channels, whole }) => `${JSON.stringify({ op, params, channels, whole })}\n`)
    .join('');

function bestOf(rounds: readonly Pace[]): Paces {
  const best = new Map<string, number>();
  for (const { op, pace } of rounds) best.set(op, Math.max(best.get(op) ?? 0, pace));
  return best;
}

/** Runs a program of the folder `ops` that tells of one operation a line. */
async function run(program: string, [script = '', ...args]: readonly string[], questions = ''): Promise<Pace[]> {
  const path = fileURLToPath(new URL(`./ops/${script}`, import.meta.url));
  const child = spawn(program, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  child.stdin.end(questions);
  const paces: Pace[] = [];
  for await (const line of createInterface({ input: child.stdout })) paces.push(JSON.parse(line) as Pace);
  await ended;
  if (child.exitCode !== 0) throw new Error(`${script} ended with ${String(child.exitCode)}`);
  return paces;
}

/** sharp on one thread, from raw pixels to raw pixels. */
async function sharpPaces(picture: string): Promise<Paces> {
  sharp.concurrency(1);
  sharp.cache(false);
  const paces = new Map<string, number>();
  const raw = { width: WIDTH, height: SHARP_ROWS, channels: 3 } as const;
  const pixels = (await readFile(picture)).subarray(0, WIDTH * SHARP_ROWS * 3);
  for (const [op, form] of Object.entries(SHARP_FORMS)) {
    let best = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage();
      await form(sharp(pixels, { raw, limitInputPixels: false }))
        .raw()
        .toBuffer();
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1e6);
    }
    paces.set(op, (WIDTH * SHARP_ROWS) / 1e6 / best);
  }
  return paces;
}
