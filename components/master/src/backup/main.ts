// The part of config/tessera-backup.sh that reads and writes objects; that script is what people call.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { AppError, createLogger, parseConfig, readEnvironment } from '@tessera/runtime';
import { s3ConfigShape, s3Options } from '@tessera/storage/config';
import { createFolderStore } from '@tessera/storage/folder';
import { createS3Store } from '@tessera/storage/s3';
import {
  createPostgresStore,
  inspectDatabase,
  openBackupSession,
  type BackupSession,
  type ReferredObject,
} from '@tessera/store/postgres';
import { masterConfigShape } from '../config.ts';
import { backUpObjects } from './back-up-objects.ts';
import { BackupFolder } from './backup-folder.ts';
import { pruneBackups } from './prune-backups.ts';
import { restoreObjects } from './restore-objects.ts';
import { serviceFile } from './service-file.ts';
import { withFolders } from './with-folders.ts';
import { verifyObjects, type ExpectedObject, type Verification } from './verify-objects.ts';

/** Exit code of a backup that is good but for objects that the store had lost before. */
const INCOMPLETE = 3;

const { DATABASE_URL, DATABASE_CA_FILE } = masterConfigShape;
const database = { DATABASE_URL, DATABASE_CA_FILE };

const siteStore = () => createS3Store(s3Options(parseConfig(s3ConfigShape, readEnvironment())));
const copiesOf = (folder: BackupFolder) => createFolderStore({ root: folder.objects });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function databaseAddress(): Promise<{ url: string; ca: string | undefined }> {
  const { DATABASE_URL: url, DATABASE_CA_FILE: caFile } = parseConfig(database, readEnvironment());
  return { url, ca: caFile === undefined ? undefined : await readFile(caFile, 'utf8') };
}

const openSession = async (): Promise<BackupSession> => openBackupSession(await databaseAddress());

/**
 * Says `snapshot <name>`, waits for a line that the database was dumped at it, and copies what it refers to. The
 * database comes first: its rows decide which objects belong to the backup, and these can not go away meanwhile.
 */
async function backup(path: string, stamp: string): Promise<number> {
  const folder = new BackupFolder(path);
  const [from, to] = [siteStore(), copiesOf(folder)];
  const session = await openSession();
  try {
    const wanted: ReferredObject[] = [];
    for await (const object of withFolders(session.objects(), from)) wanted.push(object);
    say(`snapshot ${session.snapshot}`);
    const lines = createInterface({ input: process.stdin });
    const { value } = await lines[Symbol.asyncIterator]().next();
    lines.close();
    if (value !== 'dumped') throw new AppError('CANCELLED', { message: 'The database was not dumped.' });
    await session.endSnapshot();
    const { objects, copied, copiedBytes, missing } = await backUpObjects(wanted, { folder, stamp, from, to });
    await session.assertAlive();
    say(`${objects} objects, ${copied} of them new (${copiedBytes} bytes)`);
    for (const key of missing) process.stderr.write(`${key} is in the database but not in the object store.\n`);
    return missing.length > 0 ? INCOMPLETE : 0;
  } finally {
    await session.close();
    await Promise.all([from.close(), to.close()]);
  }
}

/** Puts the objects back, before the database: then its rows refer to what is there. */
async function restore(path: string, stamp: string): Promise<number> {
  const { tables, masters } = await inspectDatabase(await databaseAddress());
  if (masters > 0) throw new AppError('CONFLICT', { message: 'A master is still at work on the database: stop it.' });
  if (tables > 0) throw new AppError('CONFLICT', { message: 'The database is not empty: make an empty one first.' });
  const folder = new BackupFolder(path);
  const count = await restoreObjects(folder.entries(stamp), { from: copiesOf(folder), to: siteStore() });
  say(`${count} objects put back`);
  return 0;
}

/** Brings the schema to that of this version, and lets unfinished jobs begin anew. */
async function rewind(): Promise<number> {
  const config = parseConfig(database, readEnvironment());
  const logger = createLogger({ name: 'restore', level: 'warn' });
  const store = await createPostgresStore({ url: config.DATABASE_URL, caFile: config.DATABASE_CA_FILE, logger });
  try {
    say(`${await store.rewindJobs()} unfinished jobs begin anew`);
    return 0;
  } finally {
    await store.close();
  }
}

/** The copies of a backup, whose dump the script looks at. */
async function verifyBackup(path: string, stamp: string): Promise<number> {
  const folder = new BackupFolder(path);
  return told(await verifyObjects(copiesOf(folder), present(folder, stamp)));
}

/** Every object that a row of the site refers to; a backup tells the digests of results. */
async function verifySite(path: string, stamp: string): Promise<number> {
  const digests = new Map<string, string | null>();
  for await (const { key, sha256 } of new BackupFolder(path).entries(stamp)) digests.set(key, sha256);
  const session = await openSession();
  const store = siteStore();
  try {
    const expected = async function* (): AsyncGenerator<ExpectedObject> {
      for await (const object of withFolders(session.objects(), store)) {
        yield { ...object, sha256: object.sha256 ?? digests.get(object.key) ?? null };
      }
    };
    return told(await verifyObjects(store, expected()));
  } finally {
    await session.close();
  }
}

async function* present(folder: BackupFolder, stamp: string): AsyncGenerator<ExpectedObject> {
  for await (const entry of folder.entries(stamp)) if (entry.sha256 !== null) yield entry;
}

function told({ objects, problems }: Verification): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  say(`${objects} objects read, ${problems.length} not as they should be`);
  return problems.length > 0 ? 1 : 0;
}

async function prune(path: string, keep: string): Promise<number> {
  const folder = new BackupFolder(path);
  const { backups, objects } = await pruneBackups(folder, copiesOf(folder), Number(keep));
  say(`${backups} backups and ${objects} objects removed`);
  return 0;
}

async function run([command, path = '', second = '']: readonly string[]): Promise<number> {
  switch (command) {
    case 'service-file': {
      const config = parseConfig(database, readEnvironment());
      process.stdout.write(serviceFile(config.DATABASE_URL, config.DATABASE_CA_FILE));
      return 0;
    }
    case 'backup':
      return backup(path, second);
    case 'restore':
      return restore(path, second);
    case 'rewind':
      return rewind();
    case 'verify':
      return verifyBackup(path, second);
    case 'verify-site':
      return verifySite(path, second);
    case 'prune':
      return prune(path, second);
    default:
      throw new AppError('BAD_REQUEST', { message: 'Call config/tessera-backup.sh.' });
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { code, message } = AppError.from(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = code === 'INVALID_CONFIG' ? 78 : 1;
}
