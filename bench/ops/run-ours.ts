/**
 * Measures our operations on a picture: `node run-ours.ts PICTURE WIDTH HEIGHT vectors|scalar [OPERATION…]`, the picture being raw
 * RGB. Prints one line of JSON for each: name and seconds of processor time of the best run.
 */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { crop, grow, operationFor, settle, type Raster, type Window } from '@tessera/imaging';
import type { OperationName, OperationParams, Region, Size, Step } from '@tessera/contracts';
import { operationCases } from './cases.ts';

const [file = '', width, height, how, ...names] = process.argv.slice(2);
// Where there is no WebAssembly the kernels compute in plain arithmetic.
if (how === 'scalar') Reflect.deleteProperty(globalThis, 'WebAssembly');

/** Rows of a band, as a split job has them. */
const ROWS = 512;
/** An operation is repeated until it took so long, in seconds, but at least twice. */
const LONG_ENOUGH = 0.6;

const picture: Size = { width: Number(width), height: Number(height) };
const colours: Raster = { ...picture, channels: 3, data: new Uint8Array(await readFile(file)) };
const gray = grayOf(colours);

function grayOf(raster: Raster): Raster {
  const operation = operationFor('grayscale');
  if (operation.kind !== 'point') throw new Error('grayscale takes each pixel alone');
  return operation.apply(raster, { red: 0.299, green: 0.587, blue: 0.114 });
}

interface Band {
  readonly region: Region;
  readonly input: Window;
}

function bandsOf(raster: Raster, halo: number): readonly Band[] {
  return Array.from({ length: Math.ceil(picture.height / ROWS) }, (_, n) => {
    const y = n * ROWS;
    const region = { x: 0, y, width: picture.width, height: Math.min(ROWS, picture.height - y) };
    const needed = grow(region, halo, picture);
    return { region, input: { x: needed.x, y: needed.y, raster: crop({ x: 0, y: 0, raster }, needed) } };
  });
}

/** One run over all bands; undefined for an operation that is not measured this way. */
function runner({ op, params: given }: Step, raster: Raster): (() => void) | undefined {
  const operation = operationFor(op);
  const params = given as OperationParams<OperationName>;
  switch (operation.kind) {
    case 'point': {
      const bands = bandsOf(raster, 0);
      return () => bands.forEach(({ input }) => operation.apply(input.raster, params));
    }
    case 'neighbourhood': {
      const bands = bandsOf(raster, operation.halo(params));
      return () => bands.forEach(({ input, region }) => operation.apply(input, region, picture, params));
    }
    case 'global': {
      const bands = bandsOf(raster, operation.halo(params));
      const grid = { width: picture.width, height: ROWS };
      return () => {
        const state = settle(operation, params, (before) => {
          const partials = bands.map(({ input, region }) => operation.observe(input, region, picture, params, before));
          return operation.merge(partials, grid, picture, params, before);
        });
        bands.forEach(({ input, region }, n) => operation.apply(input, region, n, state, picture, params));
      };
    }
  }
}

for (const { step, channels } of operationCases()) {
  if (names.length > 0 && !names.includes(step.op)) continue;
  const run = runner(step, channels === 1 ? gray : colours);
  if (run === undefined) continue;
  let best = Infinity;
  let all = 0;
  for (let runs = 0; runs < 2 || all < LONG_ENOUGH; runs++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    best = Math.min(best, seconds);
    all += seconds;
  }
  process.stdout.write(`${JSON.stringify({ op: step.op, seconds: best })}\n`);
}
