import { corruptRaster } from '../raster/raster-error.ts';
import type { HeaderPages } from './header-pages.ts';
import { viewOf, type TiffDirectory, type TiffEntry } from './tiff-directory.ts';
import { toNumber } from './tiff-header.ts';

/** Reads the values of a directory's tags. */
export class TagReader {
  readonly #pages: HeaderPages;
  readonly #directory: TiffDirectory;
  readonly #littleEndian: boolean;
  readonly #maxBytes: number;

  constructor(pages: HeaderPages, directory: TiffDirectory, littleEndian: boolean, maxBytes: number) {
    this.#pages = pages;
    this.#directory = directory;
    this.#littleEndian = littleEndian;
    this.#maxBytes = maxBytes;
  }

  entry(tag: number): TiffEntry | undefined {
    return this.#directory.entries.get(tag);
  }

  /** The bytes of a tag's values. */
  async bytes(tag: number, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const entry = this.entry(tag);
    if (entry === undefined) return undefined;
    const length = entry.count * entry.size;
    if (length > this.#maxBytes) throw corruptRaster(`tag ${tag} has ${length} bytes`);
    return this.#pages.bytes(entry.offset, length, signal);
  }

  /** All numbers of a tag; an empty list where it is missing. */
  async numbers(tag: number, signal?: AbortSignal): Promise<number[]> {
    const entry = this.entry(tag);
    const bytes = await this.bytes(tag, signal);
    return entry === undefined || bytes === undefined ? [] : numbersOf(bytes, entry.type, this.#littleEndian);
  }

  /** The first number of a tag. */
  async number(tag: number, signal?: AbortSignal): Promise<number | undefined> {
    return (await this.numbers(tag, signal))[0];
  }

  /** The text of a tag up to its first zero byte. */
  async text(tag: number, signal?: AbortSignal): Promise<string | undefined> {
    const bytes = await this.bytes(tag, signal);
    if (bytes === undefined) return undefined;
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }
}

/** The numbers that a tag's bytes stand for. */
export function numbersOf(bytes: Uint8Array, type: number, littleEndian: boolean): number[] {
  const view = viewOf(bytes);
  const [size, read] = reader(view, type, littleEndian);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(i * size));
}

function reader(view: DataView, type: number, littleEndian: boolean): readonly [number, (at: number) => number] {
  switch (type) {
    case 1:
    case 7:
      return [1, (at) => view.getUint8(at)];
    case 3:
      return [2, (at) => view.getUint16(at, littleEndian)];
    case 4:
    case 13:
      return [4, (at) => view.getUint32(at, littleEndian)];
    case 6:
      return [1, (at) => view.getInt8(at)];
    case 8:
      return [2, (at) => view.getInt16(at, littleEndian)];
    case 9:
      return [4, (at) => view.getInt32(at, littleEndian)];
    case 11:
      return [4, (at) => view.getFloat32(at, littleEndian)];
    case 12:
      return [8, (at) => view.getFloat64(at, littleEndian)];
    case 16:
    case 18:
      return [8, (at) => toNumber(view.getBigUint64(at, littleEndian))];
    default:
      throw corruptRaster(`a number of type ${type}`);
  }
}
