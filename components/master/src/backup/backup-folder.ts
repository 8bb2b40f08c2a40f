import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** An object as a backup holds it. */
const entrySchema = z.object({
  key: z.string(),
  bytes: z.int().min(0),
  /** Lower-case hex; null if the store did not have the object. */
  sha256: z.string().nullable(),
  contentType: z.string().nullable(),
});
export type BackupEntry = Readonly<z.infer<typeof entrySchema>>;

/** The moment of a backup, which is its name: `2026-01-31T23-59-59Z`. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/;
/** A folder that is not finished ends so. */
const UNFINISHED = '.unfinished';

/**
 * A folder of backups: `objects/` holds every object once, for they never change; each `backups/<moment>/` holds a dump
 * of the database and the list of the objects that it refers to.
 */
export class BackupFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get objects(): string {
    return join(this.path, 'objects');
  }

  /** Names of the finished backups, oldest first. */
  async stamps(): Promise<readonly string[]> {
    const names = await readdir(join(this.path, 'backups')).catch(() => []);
    return names.filter((name) => STAMP.test(name)).sort();
  }

  /** The objects of a finished backup. */
  async *entries(stamp: string): AsyncGenerator<BackupEntry, void, void> {
    const lines = createInterface({ input: createReadStream(this.#list(stamp)), crlfDelay: Infinity });
    for await (const line of lines) yield entrySchema.parse(JSON.parse(line));
  }

  /** Writes the list of a backup under way. */
  async write(stamp: string, entries: AsyncIterable<BackupEntry>): Promise<void> {
    async function* lines(): AsyncGenerator<string, void, void> {
      for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
    }
    await pipeline(Readable.from(lines()), createWriteStream(this.#list(stamp + UNFINISHED), { mode: 0o600 }));
  }

  async remove(stamp: string): Promise<void> {
    await rm(join(this.path, 'backups', stamp), { recursive: true });
  }

  #list(name: string): string {
    return join(this.path, 'backups', name, 'objects.jsonl');
  }
}
