import { findProgram } from './find-program.ts';
import { tryCommand } from './run-command.ts';

let queue: Promise<unknown> = Promise.resolve();

/**
 * Installs packages with apt-get, as root or through sudo where that asks for no password. One installation runs at a
 * time, for dpkg locks its database.
 *
 * @returns undefined when all are installed, otherwise the reason why not.
 */
export function installDebianPackages(names: readonly string[]): Promise<string | undefined> {
  const result = queue.then(() => install(names));
  queue = result.catch(() => undefined);
  return result;
}

async function install(names: readonly string[]): Promise<string | undefined> {
  const apt = findProgram(['apt-get']);
  if (apt === undefined) return 'apt-get is not on this machine';
  const prefix = await rootPrefix();
  if (prefix === undefined) return 'apt-get needs root or sudo without a password';
  // RUNLEVEL=1 keeps the packages from starting their services: the tests start servers of their own.
  const command = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'RUNLEVEL=1',
    apt,
    '-o',
    'DPkg::Lock::Timeout=600',
  ];
  const run = (args: readonly string[]) => tryCommand(command[0] ?? apt, [...command.slice(1), ...args]);
  const installArgs = ['install', '--yes', '--no-install-recommends', ...names];
  console.log(`Installing Debian packages: ${names.join(' ')} …`);
  const first = await run(installArgs);
  if (first.ok) return undefined;
  await run(['update']);
  const second = await run(installArgs);
  return second.ok ? undefined : `apt-get install ${names.join(' ')}: ${second.stderr.trim()}`;
}

async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram(['sudo']);
  if (sudo === undefined) return undefined;
  return (await tryCommand(sudo, ['-n', 'true'])).ok ? [sudo, '-n'] : undefined;
}
