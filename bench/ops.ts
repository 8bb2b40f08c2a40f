import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import sharp from 'sharp';
import { once, patch, sequence } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { operationCases } from './ops/cases.ts';
import { SHARP_FORMS } from './ops/sharp-forms.ts';

const WIDTH = 4096;
const HEIGHT = 3072;
const SEED = 11;
/** All are measured so often in turn, and the best of each counts: others on the machine only make slower. */
const ROUNDS = 2;
/** What the course's ten operations have to reach of OpenCV's speed, what all do in the middle, and each at least. */
const GOALS = { named: 0.7, middle: 0.5, least: 0.15 } as const;
const NAMED = 10;

/** Megapixels per second of processor time, by operation. */
type Speeds = ReadonlyMap<string, number>;

/** Each operation on one thread: in vectors, in plain arithmetic, in sharp and in OpenCV. */
export async function ops(): Promise<readonly Measurement[]> {
  const picture = await input();
  const ours = await bestOf(() => run(process.execPath, ['run-ours.ts', picture, ...size, 'vectors']));
  const opencv = await bestOf(() => run('/usr/bin/python3', ['opencv-peer.py', picture, ...size], questions()));
  const scalar = await run(process.execPath, ['run-ours.ts', picture, ...size, 'scalar']);
  const sharps = await bestOf(() => sharpSpeeds(picture));
  const row = (what: string, value: number | undefined, unit: string, atLeast?: number): readonly Measurement[] =>
    value === undefined
      ? []
      : [{ bench: 'ops', what, value, unit, goal: atLeast === undefined ? undefined : { atLeast } }];
  const ratio = (op: string): number | undefined => {
    const [mine, theirs] = [ours.get(op), opencv.get(op)];
    return mine === undefined || theirs === undefined ? undefined : mine / theirs;
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
    ...row('all operations, the middle one', median(ratios), '', GOALS.middle),
  ];
}

const size = [String(WIDTH), String(HEIGHT)];

/** A photograph with grain, raw RGB. */
function input(): Promise<string> {
  return once(`ops-${size.join('x')}.raw`, async (path) => {
    await writeFile(path, await patch(WIDTH, HEIGHT, sequence(SEED)));
  });
}

const questions = (): string =>
  operationCases()
    .map(({ step: { op, params }, channels }) => `${JSON.stringify({ op, params, channels })}\n`)
    .join('');

async function bestOf(measure: () => Promise<Speeds>): Promise<Speeds> {
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [op, speed] of await measure()) best.set(op, Math.max(best.get(op) ?? 0, speed));
  }
  return best;
}

/** Runs a program of the folder `ops` that prints `{op, seconds}` line by line. */
async function run(program: string, [script = '', ...args]: readonly string[], questions = ''): Promise<Speeds> {
  const path = fileURLToPath(new URL(`./ops/${script}`, import.meta.url));
  const child = spawn(program, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(questions);
  const speeds = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { op, seconds } = JSON.parse(line) as { readonly op: string; readonly seconds: number | null };
    if (seconds !== null) speeds.set(op, megapixelsPerSecond(seconds));
  }
  if (child.exitCode !== null && child.exitCode !== 0)
    throw new Error(`${script} ended with ${String(child.exitCode)}`);
  return speeds;
}

const megapixelsPerSecond = (seconds: number): number => (WIDTH * HEIGHT) / 1e6 / seconds;

/** sharp on one thread, from raw pixels to raw pixels. */
async function sharpSpeeds(picture: string): Promise<Speeds> {
  sharp.concurrency(1);
  sharp.cache(false);
  const speeds = new Map<string, number>();
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
  const pixels = await readFile(picture);
  for (const [op, form] of Object.entries(SHARP_FORMS)) {
    const before = process.cpuUsage();
    await form(sharp(pixels, { raw, limitInputPixels: false }))
      .raw()
      .toBuffer();
    const { user, system } = process.cpuUsage(before);
    speeds.set(op, megapixelsPerSecond((user + system) / 1e6));
  }
  return speeds;
}
