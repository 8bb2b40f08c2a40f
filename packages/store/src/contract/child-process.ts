import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A Node process that runs a module of a test and prints lines. */
export interface Child {
  readonly pid: number;
  readonly lines: readonly string[];
  /** The first line that matches, now or later; fails if the process ends without it. */
  line(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `module`, a file URL, with arguments. */
export function startChild(module: URL, ...args: readonly string[]): Child {
  const child: ChildProcess = spawn(process.execPath, [module.pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NO_COLOR: '1', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of [...waiting]) look();
  };
  if (child.stdout === null) throw new Error('The process has no output.');
  const output = createInterface(child.stdout);
  output.on('line', (line) => {
    lines.push(line);
    tell();
  });
  let ended = false;
  const end = Promise.all([once(child, 'exit'), once(output, 'close')]).then(() => {
    ended = true;
    tell();
  });
  return {
    pid: child.pid ?? 0,
    lines,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const line = lines.find((one) => pattern.test(one));
          if (line === undefined && !ended) return;
          waiting.delete(look);
          if (line === undefined)
            reject(new Error(`The process ended without ${String(pattern)}: ${lines.join(' | ')}`));
          else resolve(line);
        };
        waiting.add(look);
        look();
      }),
    kill: async (signal) => {
      child.kill(signal);
      await end;
    },
  };
}
