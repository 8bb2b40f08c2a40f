import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const keptSchema = z.object({
  /** Where the upload goes on. */
  address: z.string(),
  /** The visitor who began it: nobody else may go on with it. */
  cookie: z.string(),
});
export type KeptUpload = Readonly<z.infer<typeof keptSchema>>;

/** Large uploads that were begun and have not ended, so that the next run goes on with them; one small file for each. */
export class KeptUploads {
  readonly #folder: string;
  readonly #server: string;

  /** @param server address of the site; an upload goes on where it was begun. */
  constructor(folder: string, server: string) {
    this.#folder = folder;
    this.#server = server;
  }

  /** What is kept of a file's upload, unless the file was changed since. */
  async find(file: string): Promise<KeptUpload | undefined> {
    const text = await readFile(await this.#pathOf(file), 'utf8').catch(() => '{}');
    try {
      return keptSchema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  async keep(file: string, upload: KeptUpload): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(await this.#pathOf(file), JSON.stringify(upload), { mode: 0o600 });
  }

  async forget(file: string): Promise<void> {
    await rm(await this.#pathOf(file), { force: true });
  }

  async #pathOf(file: string): Promise<string> {
    const { size, mtimeMs } = await stat(file);
    const name = [this.#server, await realpath(file), size, mtimeMs].join('\n');
    return join(this.#folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`);
  }
}
