import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const entrySchema = z.object({
  /** SHA-256 of the image and of what is done with it: equal work has an equal key. */
  key: z.string(),
  job: z.string(),
  batch: z.string().nullable(),
  /** Where the result was saved, and its bytes. */
  saved: z.object({ path: z.string(), bytes: z.number() }).optional(),
});
const lineSchema = z.union([
  entrySchema,
  /** The site knows a visitor by this. */
  z.object({ cookie: z.string() }),
]);
export type LedgerEntry = z.infer<typeof entrySchema>;

/**
 * What this user has asked a site for, so that the same command goes on where it was stopped. A file of JSON lines that
 * only grows, readable by the user alone; a line that was cut off by a crash is passed over.
 */
export class Ledger {
  readonly #file: FileHandle;
  readonly #entries: Map<string, LedgerEntry>;
  #cookie: string;

  private constructor(file: FileHandle, entries: Map<string, LedgerEntry>, cookie: string) {
    this.#file = file;
    this.#entries = entries;
    this.#cookie = cookie;
  }

  /** @param server address of the site; each has a ledger of its own. */
  static async open(folder: string, server: string): Promise<Ledger> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${createHash('sha256').update(server).digest('hex').slice(0, 24)}.jsonl`);
    const entries = new Map<string, LedgerEntry>();
    let cookie = '';
    for (const line of (await readFile(path, 'utf8').catch(() => '')).split('\n')) {
      const { data } = lineSchema.safeParse(parse(line));
      if (data === undefined) continue;
      if ('cookie' in data) cookie = data.cookie;
      else entries.set(data.key, data);
    }
    const file = await open(path, 'a', 0o600);
    await chmod(path, 0o600);
    // Begins a new line: the one before may have been cut off.
    await file.write('\n');
    return new Ledger(file, entries, cookie);
  }

  get cookie(): string {
    return this.#cookie;
  }

  find(key: string): LedgerEntry | undefined {
    return this.#entries.get(key);
  }

  async note(entry: LedgerEntry): Promise<void> {
    this.#entries.set(entry.key, entry);
    await this.#file.write(`${JSON.stringify(entry)}\n`);
  }

  async noteCookie(cookie: string): Promise<void> {
    if (cookie === this.#cookie || cookie === '') return;
    this.#cookie = cookie;
    await this.#file.write(`${JSON.stringify({ cookie })}\n`);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
