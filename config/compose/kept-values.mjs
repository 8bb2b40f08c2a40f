import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { keepFile } from './keep-file.mjs';

/** Secret values: those an operator gives as files, and random ones for the rest, made once and kept. */
export class KeptValues {
  #given;
  #own;

  /**
   * @param {string} given folder of files whose names are those of the values.
   * @param {string} own folder for the values made here.
   */
  constructor(given, own) {
    this.#given = given;
    this.#own = own;
  }

  /** @param {string} name */
  async given(name) {
    return (await read(`${this.#given}/${name}`))?.trimEnd();
  }

  /** @param {string} name */
  async get(name) {
    const known = (await this.given(name)) ?? (await read(`${this.#own}/${name}`));
    if (known !== undefined) return known;
    // 192 bits; in hexadecimal they need no escaping in URLs, SQL, JSON and shells.
    const value = randomBytes(24).toString('hex');
    await keepFile(`${this.#own}/${name}`, value, 0o400);
    return value;
  }
}

async function read(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    // Docker makes a folder where a file to be mounted is missing.
    const reason = error.code === 'EISDIR' ? 'there is no such file on the machine; remove the folder' : error.message;
    throw new Error(`${path} can not be read: ${reason}.`, { cause: error });
  }
}
