import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { collectTogether, type Metrics } from '@tessera/runtime';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Tells when the first certificate of each configured file expires, read anew when figures are collected, for files are
 * replaced.
 *
 * @param files paths by the variables that name them; those that are undefined are left out.
 */
export function certificateExpiry(metrics: Metrics, files: Readonly<Record<string, string | undefined>>): void {
  const expiry = metrics.gauge(
    'tessera_certificate_expiry_timestamp_seconds',
    'Unix time at which the first certificate of a configured file expires.',
    ['file'],
  );
  collectTogether([expiry], async () => {
    expiry.reset();
    for (const [file, path] of Object.entries(files)) {
      if (path === undefined) continue;
      const seconds = await firstExpiry(path).catch(() => undefined);
      if (seconds !== undefined) expiry.set({ file }, seconds);
    }
  });
}

async function firstExpiry(path: string): Promise<number | undefined> {
  const certificates = (await readFile(path, 'utf8')).match(CERTIFICATE) ?? [];
  const ends = certificates.map((pem) => new X509Certificate(pem).validToDate.getTime() / 1000);
  return ends.length === 0 ? undefined : Math.min(...ends);
}
