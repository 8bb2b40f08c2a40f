import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RasterRuns, RasterTask } from './raster-run.ts';

const OURS = fileURLToPath(new URL('./raster-run.ts', import.meta.url));
/** As executors are started. */
const EXECUTOR_OPTIONS = ['--no-memory-protection-keys', '--max-semi-space-size=4'];
const PEER = fileURLToPath(new URL('./raster-peer.py', import.meta.url));

/** Makes a product on the engine with two slots, in a process of its own. */
export async function runOurs(task: RasterTask): Promise<RasterRuns> {
  const path = `${task.out}.json`;
  await writeFile(path, JSON.stringify(task));
  const { stdout } = await promisify(execFile)(process.execPath, [...EXECUTOR_OPTIONS, OURS, path]);
  return JSON.parse(stdout) as RasterRuns;
}

/** Runs one of the peer's commands and gives what it prints. */
export async function runPeer(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 2 ** 24 };
  return (await promisify(execFile)('/usr/bin/python3', [PEER, ...args], options)).stdout;
}
