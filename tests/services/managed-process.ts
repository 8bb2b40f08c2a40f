import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { leaveLastWill } from './last-will.ts';

export interface ProcessCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The file that takes what the process prints. */
  readonly output: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Shell command that ends the process, `$1`, when this one is gone; default: SIGKILL to its group. */
  readonly lastWill?: string | undefined;
}

/** A server process in a process group of its own, which never outlives this process. */
export class ManagedProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #command: ProcessCommand;
  readonly #withdraw: () => void;

  constructor(command: ProcessCommand) {
    const output = openSync(command.output, 'a');
    this.#command = command;
    this.#child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: command.env,
      detached: true,
      stdio: ['ignore', output, output],
      ...command.user,
    });
    closeSync(output);
    this.#child.on('error', () => undefined);
    this.#child.unref();
    if (this.#child.pid === undefined) throw new Error(`${command.program} could not be started.`);
    this.pid = this.#child.pid;
    this.#withdraw = leaveLastWill(command.lastWill ?? 'kill -KILL "-$1"', String(this.pid));
    this.#child.once('exit', this.#withdraw);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The last lines that the process printed. */
  get printed(): string {
    return readFileSync(this.#command.output, 'utf8').slice(-4000);
  }

  /** Sends the signal to the process alone and waits for its end; after `graceMs` its whole group is killed. */
  async end(signal: NodeJS.Signals, graceMs = 10_000): Promise<void> {
    if (!this.running) return;
    const ended = once(this.#child, 'exit');
    this.#child.ref();
    this.#child.kill(signal);
    const timer = setTimeout(() => {
      this.#killGroup();
    }, graceMs);
    await ended;
    clearTimeout(timer);
  }

  /** SIGKILL to the whole group, and waits for the end. */
  async kill(): Promise<void> {
    if (!this.running) return;
    const ended = once(this.#child, 'exit');
    this.#child.ref();
    this.#killGroup();
    await ended;
  }

  #killGroup(): void {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
