import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Most bytes of memory that a process held since it began, or since `forgetPeak`. */
export function peakBytes(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** From here on `peakBytes` tells what a process holds from here on; gives the bytes that it holds now. */
export function forgetPeak(pid: number): number {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
  return peakBytes(pid);
}

/** Most bytes that any tab of a browser ever held. */
export async function peakTabBytes(browser: Browser): Promise<number> {
  const client = await browser.newBrowserCDPSession();
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  await client.detach();
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakBytes(id)));
}
