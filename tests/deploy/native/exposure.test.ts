import { expect, it } from 'vitest';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { findProgram } from '../../services/find-program.ts';
import { tryCommand } from '../../services/run-command.ts';
import { exposureOf, HIGHEST_EXPOSURE, unitFile, units } from './units.ts';

it.each(units)('%s is shut off from what it does not need', async (unit) => {
  if (findProgram(['systemd-analyze']) === undefined) await installDebianPackages(['systemd']);
  const threshold = String(HIGHEST_EXPOSURE * 10);
  const args = ['security', '--offline=true', `--threshold=${threshold}`, '--no-pager', unitFile(unit)];
  const { ok, stdout, stderr } = await tryCommand(findProgram(['systemd-analyze']) ?? 'systemd-analyze', args);
  // Lines that systemd does not understand would be ignored, and protect nothing.
  expect(stderr).toBe('');
  expect(ok, stdout).toBe(true);
  expect(exposureOf(stdout)).toBeLessThanOrEqual(HIGHEST_EXPOSURE);
});
