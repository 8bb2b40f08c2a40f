import { execFile, type ExecFileOptions } from 'node:child_process';

export interface CommandResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; a failure is told by `ok`, not thrown. */
export function tryCommand(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024, ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ ok: error === null, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}

/** Runs a command to its end. @returns what it printed. @throws Error with its standard error. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  const result = await tryCommand(program, args, options);
  if (!result.ok) throw new Error(`${program} ${args.join(' ')} failed:\n${result.stderr.trim()}`);
  return result.stdout;
}
