import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { AppError } from '@tessera/runtime';
import { absent, systemCode } from './folder-error.ts';

/** How often a rename is repeated when a concurrent delete took away the folder it goes to. */
const RENAME_TRIES = 20;

/**
 * Where things lie under the root: an object is the plain file `<root>/<key>`. Keys have no segment that begins with a
 * dot, so two folders of our own fit beside them: `.partial` for what is being written, and `.types`, a mirror that
 * holds content types, only of objects that were given one.
 */
export class FolderLayout {
  readonly root: string;
  readonly partial: string;
  readonly #types: string;
  readonly durable: boolean;

  constructor(root: string, durable: boolean) {
    this.root = root;
    this.partial = join(root, '.partial');
    this.#types = join(root, '.types');
    this.durable = durable;
  }

  /** The file of a checked key. */
  object(key: string): string {
    return join(this.root, ...key.split('/'));
  }

  /** Moves a finished file to its key: at once and whole, together with its content type. */
  async publish(temporary: string, key: string, contentType: string | undefined): Promise<void> {
    await makeFolder(dirname(this.object(key)));
    await this.#writeType(key, contentType, `${temporary}.type`);
    try {
      await this.#move(temporary, this.object(key));
    } catch (error) {
      const earlier = await stat(this.object(key)).catch(absent);
      if (earlier?.isFile() !== true) await this.#removeFile(this.#type(key), this.#types);
      throw error;
    }
  }

  /** Removes an object and the folders that it leaves empty; a missing one is no error. */
  async remove(key: string): Promise<void> {
    await this.#removeFile(this.object(key), this.root);
    await this.#removeFile(this.#type(key), this.#types);
  }

  async contentType(key: string): Promise<string | undefined> {
    return readFile(this.#type(key), 'utf8').catch(absent);
  }

  /** Names and kinds in a folder (a key that ends in a slash, or the empty string), unordered. */
  async entries(folder: string): Promise<readonly { readonly name: string; readonly isFolder: boolean }[]> {
    const found = (await readdir(join(this.root, folder), { withFileTypes: true }).catch(absent)) ?? [];
    return found
      .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  }

  #type(key: string): string {
    return join(this.#types, ...key.split('/'));
  }

  async #writeType(key: string, contentType: string | undefined, temporary: string): Promise<void> {
    if (contentType === undefined) return this.#removeFile(this.#type(key), this.#types);
    try {
      await writeWhole(temporary, contentType, this.durable);
      await this.#move(temporary, this.#type(key));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async #move(from: string, to: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await makeFolder(dirname(to));
        await rename(from, to);
        break;
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error;
        if (tries === RENAME_TRIES) throw new AppError('STORE_UNAVAILABLE', { cause: error });
      }
    }
    // The folder may be gone again, if somebody deleted what was just stored.
    if (this.durable) await syncFolder(dirname(to)).catch(absent);
  }

  async #removeFile(file: string, top: string): Promise<void> {
    try {
      await unlink(file);
    } catch (error) {
      const code = systemCode(error);
      // A folder is no object (Linux says EISDIR, others EPERM); what is absent already needs no more work.
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EPERM') return;
      throw error;
    }
    for (let folder = dirname(file); isBelow(folder, top); folder = dirname(folder)) {
      try {
        await rmdir(folder);
      } catch {
        return;
      }
    }
  }
}

/** How often a folder is made again whose parent was emptied, and removed, meanwhile. */
const MOST_TRIES = 10;

/**
 * Makes a folder and its parents.
 *
 * @throws AppError CONFLICT if a file is in the way.
 */
async function makeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, { recursive: true });
      return;
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ENOENT' && attempt < MOST_TRIES) continue;
      if (code !== 'ENOTDIR') throw error;
      throw new AppError('CONFLICT', { message: 'An object can not be a folder of another.', cause: error });
    }
  }
}

async function writeWhole(path: string, text: string, durable: boolean): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    if (durable) await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes a directory's entries survive a power loss; journaling file systems carry its new parents along. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isBelow(folder: string, top: string): boolean {
  const path = relative(top, folder);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`);
}
