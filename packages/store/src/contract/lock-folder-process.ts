/** Locks the folder of its first argument, says so or why not, and stays until it is killed. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@tessera/runtime/app-error';
import { lockFolder } from '../folder-lock.ts';

const [folder = '', go] = process.argv.slice(2);
process.stdout.write('ready\n');
// Many processes begin at the moment when a file appears.
while (go !== undefined && !existsSync(go)) await sleep(1);
try {
  await lockFolder(folder);
  process.stdout.write('locked\n');
} catch (error) {
  process.stdout.write(AppError.is(error) ? `${error.code} ${error.message}\n` : `failed ${String(error)}\n`);
}
setInterval(() => undefined, 60_000);
