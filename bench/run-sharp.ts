import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SharpRun {
  readonly milliseconds: number;
  readonly bytes: number;
}

export interface SharpWork {
  readonly work: 'blur-png' | 'median-jpeg' | 'grayscale-jpeg' | 'blur-png-small';
  /** Threads of libvips for each image. */
  readonly threads: number;
  /** Images at one time. */
  readonly parallel: number;
  readonly paths: readonly string[];
}

/** Times sharp on files, in a process of its own, without the time the process takes to start. */
export async function runSharp({ work, threads, parallel, paths }: SharpWork): Promise<SharpRun> {
  const peer = fileURLToPath(new URL('./sharp-peer.ts', import.meta.url));
  const { stdout } = await run(process.execPath, [peer, work, String(threads), String(parallel), ...paths], {
    maxBuffer: 2 ** 20,
  });
  return JSON.parse(stdout) as SharpRun;
}
