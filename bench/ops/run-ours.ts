/**
 * Measures our operations on a picture: `node run-ours.ts PICTURE WIDTH HEIGHT vectors|scalar [OPERATION…]`, the picture being
 * raw RGB. Prints one line of JSON for each: name and seconds of processor time of the best run.
 */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { operationFor, type Raster } from '@tessera/imaging';
import { operationCases } from './cases.ts';
import { operationRun } from './run-operation.ts';

const [file = '', width, height, how, ...names] = process.argv.slice(2);
// Where there is no WebAssembly the kernels compute in plain arithmetic.
if (how === 'scalar') Reflect.deleteProperty(globalThis, 'WebAssembly');

/** An operation is repeated until it took so long, in seconds, but at least twice. */
const LONG_ENOUGH = 0.6;

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

for (const { step, channels } of operationCases()) {
  if (names.length > 0 && !names.includes(step.op)) continue;
  const run = operationRun(step, channels === 1 ? gray : colours);
  let best = Infinity;
  let all = 0;
  for (let runs = 0; runs < 2 || all < LONG_ENOUGH; runs++) {
    const before = process.cpuUsage();
    run.run();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    best = Math.min(best, seconds);
    all += seconds;
  }
  process.stdout.write(`${JSON.stringify({ op: step.op, seconds: best })}\n`);
}
