import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { noise } from '../operations/picture.fixture.ts';
import { runWhole } from '../operations/run-on-grid.fixture.ts';
import { loadKernels } from './kernels.ts';

describe('the vector kernels', () => {
  it('are what their sources compile to', async () => {
    const script = fileURLToPath(new URL('../../../../scripts/build-kernels.mjs', import.meta.url));
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
  });

  it('work in several threads at once, each with memory of its own', async () => {
    const picture = noise(701, 303, 3, 5, 256);
    const answers = [1, 2, 3].map(async () => {
      const worker = new Worker(new URL('kernel-thread.fixture.ts', import.meta.url), { workerData: picture });
      return new Promise<Uint8Array>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    });
    const wanted = runWhole('gaussian-blur', picture, { ksize: 21, sigma: 0 });
    for (const answer of await Promise.all(answers)) expect(Buffer.compare(answer, wanted.data)).toBe(0);
  });

  it('have one instance a thread, whose memory does not grow', () => {
    const kernels = loadKernels();
    expect(loadKernels()).toBe(kernels);
    const [area] = kernels!.allocate([1]);
    expect(area!.buffer.byteLength).toBeLessThanOrEqual(64 << 20);
    expect(() => kernels!.allocate([1 << 26])).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
