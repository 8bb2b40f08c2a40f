const MARKER = 'Exif\0\0';
const SHORT = 3;
const LONG = 4;

/** An entry of a directory: its tag, and where it lies. */
export interface ExifEntry {
  readonly tag: number;
  readonly at: number;
}

/**
 * An EXIF block that is read and changed in place, as a TIFF structure without the marker that JPEG puts before it. What is
 * read or written beyond its end throws a RangeError.
 */
export class ExifBlock {
  /** A copy of what was given. */
  readonly bytes: Buffer;
  readonly #isLittle: boolean;

  private constructor(bytes: Buffer, isLittle: boolean) {
    this.bytes = bytes;
    this.#isLittle = isLittle;
  }

  /** Undefined for what does not begin like one. */
  static open(block: Uint8Array): ExifBlock | undefined {
    const copy = Buffer.from(block);
    const bytes = copy.toString('latin1', 0, MARKER.length) === MARKER ? copy.subarray(MARKER.length) : copy;
    const order = bytes.toString('latin1', 0, 4);
    return order === 'II*\0' || order === 'MM\0*' ? new ExifBlock(bytes, order === 'II*\0') : undefined;
  }

  /** Where the first directory lies. */
  get first(): number {
    return this.long(4);
  }

  entries(directory: number): readonly ExifEntry[] {
    return Array.from({ length: this.#short(directory) }, (_, n) => {
      const at = directory + 2 + 12 * n;
      return { tag: this.#short(at), at };
    });
  }

  /** Where the offset of the directory behind this one lies. */
  linkOf(directory: number): number {
    return directory + 2 + 12 * this.#short(directory);
  }

  long(at: number): number {
    return this.#isLittle ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  setLong(at: number, value: number): void {
    if (this.#isLittle) this.bytes.writeUInt32LE(value, at);
    else this.bytes.writeUInt32BE(value, at);
  }

  /** The single number of an entry, short or long. */
  numberOf({ at }: ExifEntry): number {
    return this.#short(at + 2) === SHORT ? this.#short(at + 8) : this.long(at + 8);
  }

  /** Makes one number the value of an entry. */
  setNumber({ at }: ExifEntry, value: number, type: 'short' | 'long'): void {
    this.#setShort(at + 2, type === 'short' ? SHORT : LONG);
    this.setLong(at + 4, 1);
    this.setLong(at + 8, 0);
    if (type === 'short') this.#setShort(at + 8, value);
    else this.setLong(at + 8, value);
  }

  #short(at: number): number {
    return this.#isLittle ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  #setShort(at: number, value: number): void {
    if (this.#isLittle) this.bytes.writeUInt16LE(value, at);
    else this.bytes.writeUInt16BE(value, at);
  }
}
