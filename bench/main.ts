import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { algebra } from './algebra.ts';
import { bitsPerPixel } from './bits-per-pixel.ts';
import { cog } from './cog.ts';
import { heavy } from './heavy.ts';
import { granule } from './granule.ts';
import { latency } from './latency.ts';
import { composite } from './composite.ts';
import type { Measurement } from './measurement.ts';
import { table } from './measurement.ts';
import { memory } from './memory.ts';
import { ops } from './ops.ts';
import { photos } from './photos.ts';
import { preview } from './preview.ts';
import { raster } from './raster.ts';
import { rasterWindow } from './raster-window.ts';
import { scaling, scalingOfEighths } from './scaling.ts';
import { series } from './series.ts';
import { split } from './split.ts';
import { tasks } from './tasks.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  heavy,
  photos,
  preview,
  latency,
  memory,
  tasks,
  ops,
  scaling,
  'scaling-eighths': scalingOfEighths,
  'bits-per-pixel': bitsPerPixel,
  composite,
  'raster-window': rasterWindow,
  cog,
  algebra,
  raster,
  series,
  granule,
  split,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}: ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}

const measurements: Measurement[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  measurements.push(...(await bench()));
}
const machine = { cores: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };
const folder = fileURLToPath(new URL('./results/', import.meta.url));
await mkdir(folder, { recursive: true });
const file = `${folder}${new Date().toISOString().replaceAll(':', '-')}.json`;
await writeFile(file, `${JSON.stringify({ machine, measurements }, undefined, 2)}\n`);
process.stdout.write(
  `${table(measurements)}\n\n${String(machine.cores)} × ${machine.model}, Node ${machine.node}. JSON: ${file}\n`,
);
process.exit(0);
