import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@tessera/runtime';
import { createJobStore } from '../create-job-store.ts';
import { lockFolder } from '../folder-lock.ts';
import type { JobStore } from '../job-store.ts';
import { migrate } from '../migrate.ts';
import { openPglite } from './pglite-database.ts';

export interface PgliteStoreOptions {
  /** Where the data lies, a folder of its own; undefined keeps it in memory. */
  readonly folder: string | undefined;
  /** What a new database begins with: another's data. Default: it is made from nothing, which takes seconds. */
  readonly beginning?: Blob;
  readonly logger: Logger;
}

/**
 * The state of all jobs in a database inside this process, for one process. PGlite does not notice a second process on
 * its folder and then loses rows, so the folder is locked as long as the store is open.
 * Killing the process loses nothing that was acknowledged; a power failure may, for PGlite does not wait for the disk.
 *
 * @throws AppError DATA_FOLDER_LOCKED if a process has the folder open.
 */
export async function createPgliteStore({ folder, beginning, logger }: PgliteStoreOptions): Promise<JobStore> {
  const lock = folder === undefined ? undefined : await lockFolder(folder);
  try {
    const data = folder === undefined ? undefined : join(folder, 'pglite');
    if (data !== undefined) await mkdir(data, { recursive: true });
    const database = await openPglite(data, beginning);
    try {
      await migrate(database, logger);
    } catch (error) {
      await database.close();
      throw error;
    }
    return createJobStore({
      ...database,
      close: async () => {
        await database.close();
        await lock?.release();
      },
    });
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
