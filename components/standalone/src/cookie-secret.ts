import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secrets of this data folder, one per line; one is made at the first start. Readable by its owner only. */
export async function cookieSecret(folder: string): Promise<string> {
  const path = join(folder, 'cookie-secret');
  try {
    return await readFile(path, 'utf8');
  } catch {
    const secret = randomBytes(32).toString('base64url');
    await writeFile(path, secret, { mode: 0o600, flag: 'wx' });
    return secret;
  }
}
