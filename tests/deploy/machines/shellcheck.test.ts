import { globSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { findProgram } from '../../services/find-program.ts';
import { runCommand, tryCommand } from '../../services/run-command.ts';
import { checkout, roles } from './checkout.ts';

describe('shell scripts', () => {
  const scripts = globSync('config/**/*.sh', { cwd: checkout }).sort();
  beforeAll(async () => {
    if (findProgram(['shellcheck']) === undefined) await installDebianPackages(['shellcheck']);
  });

  it('have no finding of shellcheck', async () => {
    expect(scripts.length).toBeGreaterThan(10);
    const program = findProgram(['shellcheck']);
    if (program === undefined) throw new Error('shellcheck is missing. Run: apt-get install shellcheck');
    const found = await tryCommand(program, ['--external-sources', ...scripts], { cwd: checkout });
    expect(found).toMatchObject({ ok: true, stdout: '' });
  });

  it.each(roles)('the %s script tells its options, and refuses others', async (role) => {
    const script = `config/${role}-node-config.sh`;
    const help = await runCommand(script, ['--help'], { cwd: checkout });
    for (const option of ['--dry-run', '--uninstall', '--keep-data', '--purge-packages', '--yes', '--native', '--help'])
      expect(help).toContain(`  ${option} `);
    const refused = await tryCommand(script, ['--unknown'], { cwd: checkout });
    expect(refused).toMatchObject({ ok: false, stdout: '' });
    expect(refused.stderr).toMatch(/^\w+-node-config\.sh: there is no option --unknown\. See .* --help\.\n$/);
  });
});
