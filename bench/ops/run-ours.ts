/**
 * Measures our operations on a picture: `node run-ours.ts PICTURE WIDTH HEIGHT vectors|scalar [OPERATION…]`, the picture being
 * raw RGB. Prints one line of JSON for each: name and pace, in megapixels of the picture per second of processor time in the
 * best run. Slow operations are given the first rows of the picture only.
 */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { operationFor, type Raster } from '@tessera/imaging';
import { operationCases, type OperationCase } from './cases.ts';
import { operationRun } from './run-operation.ts';

const [file = '', width, height, how, ...names] = process.argv.slice(2);
// Where there is no WebAssembly the kernels compute in plain arithmetic.
if (how === 'scalar') Reflect.deleteProperty(globalThis, 'WebAssembly');

/** Seconds that an operation is measured for, and rows that tell how slow it is. */
const LONG_ENOUGH = 0.25;
const PROBE_ROWS = 128;

const colours: Raster = {
  ...{ width: Number(width), height: Number(height), channels: 3 },
  data: new Uint8Array(await readFile(file)),
};
const gray = grayOf(colours);

function grayOf(raster: Raster): Raster {
  const operation = operationFor('grayscale');
  if (operation.kind !== 'point') throw new Error('grayscale takes each pixel alone');
  return operation.apply(raster, { red: 0.299, green: 0.587, blue: 0.114 });
}

function firstRows({ width, channels, data }: Raster, height: number): Raster {
  return { width, height, channels, data: data.subarray(0, width * height * channels) };
}

/** Seconds of processor time. */
function timed(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Megapixels per second. */
function paceOf({ step, whole }: OperationCase, picture: Raster): number {
  let rows = picture.height;
  if (!whole) {
    const probe = operationRun(step, firstRows(picture, PROBE_ROWS));
    probe.run();
    const each = Math.max(1e-7, timed(probe.run) / PROBE_ROWS);
    rows = Math.min(picture.height, Math.max(PROBE_ROWS, Math.floor(LONG_ENOUGH / 4 / each)));
  }
  const run = operationRun(step, firstRows(picture, rows));
  let best = Infinity;
  let all = 0;
  for (let runs = 0; runs < 3 || all < LONG_ENOUGH; runs++) {
    const seconds = timed(run.run);
    best = Math.min(best, seconds);
    all += seconds;
    if (all > 4 * LONG_ENOUGH) break;
  }
  return (rows * picture.width) / 1e6 / best;
}

for (const each of operationCases()) {
  const { op } = each.step;
  if (names.length > 0 && !names.includes(op)) continue;
  const pace = paceOf(each, each.channels === 1 ? gray : colours);
  process.stdout.write(`${JSON.stringify({ op, pace })}\n`);
}
