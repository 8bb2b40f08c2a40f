/** Inserts images into the store in the folder that is given, one after another, and prints each id once it is in. */
import { silentLogger } from '@tessera/runtime';
import { createPgliteStore } from '../pglite/create-pglite-store.ts';
import { imageRow } from './job-fixture.ts';

const [folder = ''] = process.argv.slice(2);
const store = await createPgliteStore({ folder, logger: silentLogger() });
process.stdout.write('open\n');
for (;;) {
  const image = imageRow();
  await store.insertImage(image);
  process.stdout.write(`inserted ${image.id}\n`);
}
