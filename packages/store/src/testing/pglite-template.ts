import { PGlite } from '@electric-sql/pglite';
import { silentLogger } from '@tessera/runtime';
import { migrate } from '../migrate.ts';
import { databaseOf } from '../pglite/pglite-database.ts';

/** The data of an empty database with all migrations: others begin with it in a quarter of the time. */
export async function makePgliteTemplate(): Promise<Blob> {
  const pglite = await PGlite.create('memory://');
  try {
    await migrate(databaseOf(pglite), silentLogger());
    return await pglite.dumpDataDir('none');
  } finally {
    await pglite.close();
  }
}
