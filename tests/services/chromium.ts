import { findProgram } from './find-program.ts';
import { installDebianPackages } from './debian-packages.ts';

/** The path of Chromium: TESSERA_TEST_CHROMIUM, else the machine's, else Debian's package. */
export async function findChromium(): Promise<string> {
  const named = process.env.TESSERA_TEST_CHROMIUM;
  if (named) return named;
  const find = () => findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']);
  const present = find();
  if (present !== undefined) return present;
  const problem = await installDebianPackages(['chromium', 'fonts-dejavu-core']);
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    `The tests need Chromium, which could not be installed (${problem ?? 'its program was not found afterwards'}). ` +
      'Install it, or name its path in TESSERA_TEST_CHROMIUM.',
  );
}
