import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sceneSeries } from './composite-series.ts';
import { once } from './inputs.ts';
import { runPeer } from './run-raster.ts';

/** COGs of `side` × `side` pixels and three bands of 8 bits, as GDAL writes them: a place seen many times; gives their paths. */
export async function sceneFiles(scenes: number, side: number): Promise<readonly string[]> {
  const raw = await sceneSeries(scenes);
  const folder = await once(`scenes-${String(scenes)}-${String(side)}`, async (path) => {
    await mkdir(path, { recursive: true });
    await runPeer(['scenes', raw, String(scenes), String(side), path]);
  });
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}
