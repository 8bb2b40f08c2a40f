import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Leaves a shell command that runs when this process ends, in whatever way, SIGKILL and Ctrl-C included: a shell in a
 * session of its own waits for the end of its input, which the kernel closes with this process.
 *
 * @param command may use `$1`, `$2`, … for `args`, so that nothing has to be quoted.
 * @returns a function that withdraws the command.
 */
export function leaveLastWill(command: string, ...args: readonly string[]): () => void {
  const shell = spawn('/bin/sh', ['-c', `read -r _ && exit 0\n${command}`, 'last-will', ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as Socket).unref();
  return () => shell.stdin.end('withdrawn\n');
}
