import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveLastWill } from './last-will.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A folder below the system's temporary folder that vanishes with `remove()` or with this process. */
export async function createTemporaryFolder(
  name: string,
  owner?: { readonly uid: number; readonly gid: number },
): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `tessera-${name}-`));
  if (owner) await chown(path, owner.uid, owner.gid);
  // Later than the last wills of the processes that write there.
  const withdraw = leaveLastWill('sleep 1; rm -rf -- "$1"', path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      withdraw();
    },
  };
}
