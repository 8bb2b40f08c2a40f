import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { checkout } from '../machines/checkout.ts';
import type { OneMachine } from './one-machine.ts';
import type { SceneStep } from './scene.ts';

/** Cuts bands and scenes of fixtures/landsat into tiled files, as products need them. */
const RASTERS = `
import sys
import rasterio

folder, out = sys.argv[1:]
def write(name, source, bands):
    profile = dict(source.profile, count=len(bands), tiled=True, blockxsize=64, blockysize=64, compress="deflate")
    with rasterio.open(f"{out}/{name}.tif", "w", **profile) as file:
        file.write(source.read(bands))
with rasterio.open(f"{folder}/bands.tif") as source:
    write("B04", source, [3])
    write("B08", source, [4])
with rasterio.open(f"{folder}/red-green-blue.tif") as source:
    for number in (1, 2, 3):
        write(f"scene-{number}", source, [1, 2, 3])
`;

/** README, "A first result": the command line and curl, at the site that runs on the machine. */
export function visitorSteps(place: () => OneMachine): Readonly<Record<string, SceneStep>> {
  const before = async (): Promise<void> => {
    await place().ready();
    const folder = await createTemporaryFolder('rasters');
    try {
      await runCommand('/usr/bin/python3', ['-c', RASTERS, join(checkout, 'fixtures/landsat'), folder.path]);
      const paths = { B04: 'B04', B08: 'B08', 'scene-1': 'year/1', 'scene-2': 'year/2', 'scene-3': 'year/3' };
      for (const [name, path] of Object.entries(paths)) {
        const bytes = await readFile(join(folder.path, `${name}.tif`));
        await place().write(`/tessera/${path}.tif.base64`, bytes.toString('base64'));
        await place().run(`base64 --decode ${path}.tif.base64 >${path}.tif && rm ${path}.tif.base64`);
      }
    } finally {
      await folder.remove();
    }
    // What the reader has: a scan, and a folder of photos.
    await place().run('mkdir photos && cp fixtures/photos/rocket.jpg scan.jpg && cp -r fixtures/photos/*.png photos/');
  };
  const after = async ([, , called]: readonly string[]): Promise<void> => {
    const kinds = await place().run(
      'head -qc 4 out/*.png edges.png | od -vAn -tx1 -w4 | sort | uniq -c; head -qc 2 *.tif out/*.tif; ls sharp',
    );
    expect(kinds).toMatch(/^\s*4 +89 50 4e 47$/m);
    expect(kinds).toContain('IIIIIIIIII');
    expect(kinds).toMatch(/astronaut\.png\nchelsea\.png\ncoffee\.png\n$/);
    expect(called).toContain('"pixelDigest"');
  };
  return { 'A first result': { before, after } };
}
