import { findProgram } from './find-program.ts';
import { installDebianPackages } from './debian-packages.ts';
import { tryCommand } from './run-command.ts';

/** Independent programs and libraries that the results are compared with. */
const oracles = [
  { package: 'python3-opencv', python: 'cv2' },
  { package: 'python3-rasterio', python: 'rasterio' },
  { package: 'python3-gdal', python: 'osgeo.gdal' },
  { package: 'gdal-bin', program: 'gdalinfo' },
  { package: 'libvips-tools', program: 'vips' },
  { package: 'libjpeg-turbo-progs', program: 'djpeg' },
  { package: 'pngcheck', program: 'pngcheck' },
] as const;

/**
 * Installs the oracles that are missing.
 *
 * @throws Error that names what is missing and how to install it.
 */
export async function ensureOracles(): Promise<void> {
  const missing = await findMissing();
  if (missing.length === 0) return;
  const problem = await installDebianPackages(missing);
  const remaining = await findMissing();
  if (remaining.length === 0) return;
  throw new Error(
    `The tests compare results with programs that are missing and could not be installed ` +
      `(${problem ?? 'they do not work after the installation'}). Run: apt-get install ${remaining.join(' ')}`,
  );
}

async function findMissing(): Promise<readonly string[]> {
  const present = await Promise.all(
    oracles.map(async (oracle) =>
      'program' in oracle ? findProgram([oracle.program]) !== undefined : imports(oracle.python),
    ),
  );
  return oracles.filter((_, index) => !present[index]).map((oracle) => oracle.package);
}

/** Asks whether Debian's Python finds a module, without the second that importing it takes. */
async function imports(module: string): Promise<boolean> {
  const script = 'import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)';
  return (await tryCommand('/usr/bin/python3', ['-c', script, module])).ok;
}
