import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_DECODE_LIMITS, Decoder } from '@tessera/codec';
import { silentLogger } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { createPgliteStore } from '@tessera/store/pglite';
import { pgliteBeginning } from '../../../../tests/services/pglite-beginning.ts';

/** What takes long to start: one for each test file. */
export interface TestParts {
  readonly store: JobStore;
  readonly decoder: Decoder;
  readonly folder: string;
  close(): Promise<void>;
}

/** A database in memory and a real decoder. */
export async function startTestParts(): Promise<TestParts> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-master-'));
  const logger = silentLogger();
  const store = await createPgliteStore({ folder: undefined, beginning: await pgliteBeginning(), logger });
  const decoder = new Decoder({
    children: 1,
    deadlineMilliseconds: 20_000,
    memoryBytes: 768 * 1024 * 1024,
    scratch: join(folder, 'decoder'),
    limits: DEFAULT_DECODE_LIMITS,
    logger,
  });
  await decoder.start();
  return {
    store,
    decoder,
    folder,
    close: async () => {
      await decoder.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
