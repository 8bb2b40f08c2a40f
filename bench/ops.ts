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

/** Megapixels per second of processor time, by operation. */
type Paces = ReadonlyMap<string, number>;

/**
 * Each operation on one thread: in vectors, in plain arithmetic, in sharp and in OpenCV, in megapixels per second of
 * processor time.
 *
 * Counted is what a pass does in an executor: from a raster to a raster, in bands of 512 rows with the rows around them
 * that an operation reads; global operations look and are applied. The memory of results was used before, as a thread of an
 * executor uses it again; OpenCV is told to write where it wrote before. So neither waits for fresh memory from the
 * system. Reading, decoding and encoding are not counted. sharp has no such parameter, and gives buffers that are new.
 */
export async function ops(): Promise<readonly Measurement[]> {
  const picture = await input();
  const vectors: Paces[] = [];
  const theirs: Paces[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    vectors.push(await run(process.execPath, ['run-ours.ts', picture, ...size, 'vectors']));
    theirs.push(await run('/usr/bin/python3', ['opencv-peer.py', picture, ...size], questions()));
  }
  const [ours, opencv] = [bestOf(vectors), bestOf(theirs)];
  const scalar = await run(process.execPath, ['run-ours.ts', picture, ...size, 'scalar']);
  const sharps = await sharpPaces(picture);
  const ratio = (op: string): number | undefined => {
    const [mine, other] = [ours.get(op), opencv.get(op)];
    return mine === undefined || other === undefined ? undefined : mine / other;
  };
  const cases = operationCases();
  const ratios = cases.flatMap(({ step }) => ratio(step.op) ?? []);
  return [
    ...cases.flatMap(({ step: { op } }, n) => [
      ...row(`${op}: vectors`, ours.get(op), 'MP/s'),
      ...row(`${op}: plain arithmetic`, scalar.get(op), 'MP/s'),
      ...row(`${op}: sharp`, sharps.get(op), 'MP/s'),
      ...row(`${op}: OpenCV`, opencv.get(op), 'MP/s'),
      ...row(`${op}: of OpenCV's`, ratio(op), '', n < NAMED ? GOALS.named : GOALS.least),
    ]),
    ...row("all operations: the middle one of OpenCV's", median(ratios), '', GOALS.middle),
    ...row("all operations: the least of OpenCV's", Math.min(...ratios), '', GOALS.least),
    ...row("the named ten: the least of OpenCV's", Math.min(...ratios.slice(0, NAMED)), '', GOALS.named),
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

function bestOf(rounds: readonly Paces[]): Paces {
  const best = new Map<string, number>();
  for (const paces of rounds) {
    for (const [op, pace] of paces) best.set(op, Math.max(best.get(op) ?? 0, pace));
  }
  return best;
}

/** Runs a program of the folder `ops` that prints `{op, pace}` line by line. */
async function run(program: string, [script = '', ...args]: readonly string[], questions = ''): Promise<Paces> {
  const path = fileURLToPath(new URL(`./ops/${script}`, import.meta.url));
  const child = spawn(program, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  child.stdin.end(questions);
  const paces = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { op, pace } = JSON.parse(line) as { readonly op: string; readonly pace: number | null };
    if (pace !== null) paces.set(op, pace);
  }
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
