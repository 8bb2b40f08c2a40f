import type { BlobBytes } from './blob-bytes.ts';
import type { Structure } from './file-facts.ts';

/** Tags of TIFF 6.0. */
const TAG = { width: 256, height: 257, orientation: 274, strips: 273, stripBytes: 279, tiles: 324, tileBytes: 325 };
/** Bytes of a value by its type. */
const VALUE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 };
const MOST_ENTRIES = 4096;
/** Strips or tiles checked at most, from the last one back: what is cut off is missing at the end. */
const MOST_PIECES = 4096;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values stand. */
  readonly at: number;
}

/** Reads size and completeness of a TIFF, classic or big. Undefined where it has no readable directory. */
export async function readTiff(file: BlobBytes): Promise<Structure | undefined> {
  const head = await file.view(0, 8);
  if (!head) return undefined;
  const little = head.getUint8(0) === 0x49;
  const big = head.getUint16(2, little) === 43;
  const reader = new TiffReader(file, little, big);
  const first = big ? await reader.number(8, 8) : head.getUint32(4, little);
  const entries = first === undefined ? undefined : await reader.directory(first);
  // A directory beyond the end of the file: its head was written, the rest is missing.
  if (!entries) return { width: 0, height: 0, progressive: false, orientation: 1, whole: false };
  const width = await reader.first(entries.get(TAG.width));
  const height = await reader.first(entries.get(TAG.height));
  if (width === undefined || height === undefined) return undefined;
  return {
    width,
    height,
    progressive: false,
    orientation: (await reader.first(entries.get(TAG.orientation))) ?? 1,
    whole: await reader.holds(
      entries.get(TAG.strips) ?? entries.get(TAG.tiles),
      entries.get(TAG.stripBytes) ?? entries.get(TAG.tileBytes),
    ),
  };
}

class TiffReader {
  readonly #file: BlobBytes;
  readonly #little: boolean;
  readonly #big: boolean;

  constructor(file: BlobBytes, little: boolean, big: boolean) {
    this.#file = file;
    this.#little = little;
    this.#big = big;
  }

  /** An unsigned number of 2, 4 or 8 bytes. */
  async number(at: number, bytes: number): Promise<number | undefined> {
    const view = await this.#file.view(at, bytes);
    return view && this.#read(view, 0, bytes);
  }

  async directory(at: number): Promise<Map<number, Entry> | undefined> {
    const countBytes = this.#big ? 8 : 2;
    const entryBytes = this.#big ? 20 : 12;
    const inline = this.#big ? 8 : 4;
    const count = await this.number(at, countBytes);
    if (count === undefined || count > MOST_ENTRIES) return undefined;
    const entries = new Map<number, Entry>();
    for (let index = 0; index < count; index += 1) {
      const entry = at + countBytes + entryBytes * index;
      const tag = await this.number(entry, 2);
      const type = await this.number(entry + 2, 2);
      const values = await this.number(entry + 4, inline);
      if (tag === undefined || type === undefined || values === undefined) return undefined;
      const here = entry + 4 + inline;
      const fits = values * (VALUE_BYTES[type] ?? 1) <= inline;
      const place = fits ? here : await this.number(here, inline);
      if (place === undefined) return undefined;
      entries.set(tag, { type, count: values, at: place });
    }
    return entries;
  }

  async first(entry: Entry | undefined): Promise<number | undefined> {
    return entry && (await this.#values(entry, 0, 1))?.[0];
  }

  /** Whether all pieces lie within the file. */
  async holds(offsets: Entry | undefined, lengths: Entry | undefined): Promise<boolean> {
    if (!offsets || !lengths) return true;
    const count = Math.min(offsets.count, lengths.count);
    const from = Math.max(0, count - MOST_PIECES);
    const starts = await this.#values(offsets, from, count);
    const sizes = await this.#values(lengths, from, count);
    return (
      starts !== undefined && sizes?.every((size, piece) => (starts[piece] ?? 0) + size <= this.#file.size) === true
    );
  }

  /** Values `from` (included) `to` (excluded), read at one go: arrays of one directory lie apart in the file. */
  async #values({ type, at }: Entry, from: number, to: number): Promise<number[] | undefined> {
    const bytes = VALUE_BYTES[type] ?? 1;
    const view = await this.#file.view(at + bytes * from, bytes * (to - from));
    if (!view) return undefined;
    return Array.from({ length: to - from }, (_, index) => this.#read(view, bytes * index, bytes));
  }

  #read(view: DataView, at: number, bytes: number): number {
    if (bytes === 8) return Number(view.getBigUint64(at, this.#little));
    if (bytes === 4) return view.getUint32(at, this.#little);
    return bytes === 2 ? view.getUint16(at, this.#little) : view.getUint8(at);
  }
}
