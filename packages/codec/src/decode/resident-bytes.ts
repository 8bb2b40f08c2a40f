import { readFileSync } from 'node:fs';

const PRIVATE = /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm;

/**
 * Memory of a process in bytes that the kernel can't take back: anonymous and shared pages, without pages of mapped
 * files. 0 where there is no /proc, and for a process that is gone.
 */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return [...status.matchAll(PRIVATE)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
  } catch {
    return 0;
  }
}
