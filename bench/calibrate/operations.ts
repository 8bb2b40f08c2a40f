import process from 'node:process';
import {
  OPERATIONS,
  stepSchema,
  type CostKnot,
  type MeasuredCosts,
  type OperationName,
  type Step,
} from '@tessera/contracts';
import { crop, DEFAULT_COSTS, type Raster } from '@tessera/imaging';
import { operationRun, type OperationRun } from '../ops/run-operation.ts';

/** Parameters by which the size of a neighbourhood is told. */
const SIDES = ['ksize', 'search', 'length', 'aperture'] as const;
/** Milliseconds that one measurement takes at least, so that what is compiled while it runs has been compiled, and its runs. */
const ENOUGH = 300;
const RUNS = 3;
/** Width of a picture made smaller: half of what it is measured on. */
const HALF = 1024;
/** What is measured of an operation first, to learn how much of the picture it can be given. */
const PROBE = { width: 256, height: 64 } as const;
/** Milliseconds that one run should take at most. */
const MOST = 400;

/**
 * Milliseconds per megapixel of every operation at the sides that the table of the program knows, for pictures of 1–4
 * channels.
 *
 * @param pictures by number of channels, the first for one.
 * @param onOperation told of each before it is measured.
 */
export function measureOperations(
  pictures: readonly Raster[],
  onOperation: (op: string) => void,
): MeasuredCosts['operation'] {
  const costs: Record<string, CostKnot[]> = {};
  for (const { op } of OPERATIONS) {
    const knots = DEFAULT_COSTS.operation[op].map(([side]): CostKnot => {
      const step = stepAt(op, side);
      const [gray = 0, grayAlpha = 0, colour = 0, colourAlpha = 0] = pictures.map((picture) => costOf(step, picture));
      return [side, gray, grayAlpha, colour, colourAlpha];
    });
    onOperation(`${op}: ${knots.map(([side, , , colour]) => `${String(side)} px ${String(colour)} ms`).join(', ')}`);
    costs[op] = rising(knots);
  }
  return costs;
}

/** A larger side is never quicker: where it was measured so, that is noise. */
function rising(knots: readonly CostKnot[]): CostKnot[] {
  const most = [0, 0, 0, 0];
  return knots.map(([side, ...costs]) => {
    costs.forEach((cost, n) => (most[n] = Math.max(most[n] ?? 0, cost)));
    return [side, ...most] as CostKnot;
  });
}

/** The step whose neighbourhood is about that large. */
function stepAt(op: OperationName, side: number): Step {
  const definition = OPERATIONS.find((candidate) => candidate.op === op);
  const example = definition !== undefined && 'example' in definition ? definition.example : {};
  const base = stepSchema.parse({ op, params: example });
  // Costs are told for what is made: a little of it out of much would seem dear.
  if (op === 'resize') return stepSchema.parse({ op, params: { width: HALF } });
  if (op === 'filter2d') return stepSchema.parse({ op, params: { kernel: kernelOf(side) } });
  const name = SIDES.find((candidate) => candidate in base.params);
  if (name === undefined) return base;
  const sized = stepSchema.safeParse({ op, params: { ...base.params, [name]: side } });
  return sized.success ? sized.data : base;
}

/** A kernel of so many weights across and down, none of them zero. */
function kernelOf(side: number): string {
  const row = Array.from({ length: side }, (_, n) => String((n % 5) + 1)).join(' ');
  return Array.from({ length: side }, () => row).join(' / ');
}

/** Milliseconds of processor time per megapixel, of one walk over the pixels. */
function costOf(step: Step, picture: Raster): number {
  const whole = { x: 0, y: 0, raster: picture };
  const small = crop(whole, { x: 0, y: 0, ...PROBE });
  const probe = operationRun(step, small);
  probe.run();
  const guess = (timed(probe) * probe.pixels) / (PROBE.width * PROBE.height) / 1e6;
  const rows = Math.floor(MOST / guess / picture.width);
  const height = Math.max(PROBE.height, Math.min(picture.height, rows));
  const run = operationRun(step, crop(whole, { x: 0, y: 0, width: picture.width, height }));
  let best = Infinity;
  for (let all = 0, runs = 0; all < ENOUGH || runs < RUNS; runs++) {
    const cost = timed(run);
    best = Math.min(best, cost);
    all += (cost * run.pixels) / 1e6;
  }
  return rounded(best);
}

/** Milliseconds of a run for each walk over a megapixel. */
function timed({ run, pixels }: OperationRun): number {
  const before = process.cpuUsage();
  const looks = run();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / looks / pixels;
}

/** Two figures are more than a measurement is worth. */
const rounded = (milliseconds: number): number => Number(milliseconds.toPrecision(2));
