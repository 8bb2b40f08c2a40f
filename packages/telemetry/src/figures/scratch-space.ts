import { statfs } from 'node:fs/promises';
import { collectTogether, type Metrics } from '@tessera/runtime';

/** Room on the file system of a scratch folder; no figure while the folder is not there. */
export function scratchSpace(metrics: Metrics, folder: string): void {
  const free = metrics.gauge('tessera_scratch_free_bytes', 'Free bytes on the file system of the scratch folder.');
  const size = metrics.gauge('tessera_scratch_size_bytes', 'Bytes of the file system of the scratch folder.');
  collectTogether([free, size], async () => {
    const facts = await statfs(folder).catch(() => undefined);
    if (facts === undefined) {
      free.remove();
      size.remove();
    } else {
      free.set(facts.bavail * facts.bsize);
      size.set(facts.blocks * facts.bsize);
    }
  });
}
