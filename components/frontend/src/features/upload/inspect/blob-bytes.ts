/** Bytes held in memory at a time. */
const WINDOW = 64 * 1024;

/** Random access to the bytes of a local file, however large it is. */
export class BlobBytes {
  readonly size: number;
  readonly #blob: Blob;
  #start = 0;
  #window = new Uint8Array();

  constructor(blob: Blob) {
    this.#blob = blob;
    this.size = blob.size;
  }

  /** `length` bytes from `offset`; undefined where the file ends before. */
  async view(offset: number, length: number): Promise<DataView | undefined> {
    if (offset < 0 || offset + length > this.size) return undefined;
    if (offset < this.#start || offset + length > this.#start + this.#window.length) {
      const end = Math.min(this.size, offset + Math.max(length, WINDOW));
      this.#window = new Uint8Array(await this.#blob.slice(offset, end).arrayBuffer());
      this.#start = offset;
    }
    if (offset + length > this.#start + this.#window.length) return undefined;
    return new DataView(this.#window.buffer, offset - this.#start, length);
  }

  /** As many of `length` bytes from `offset` as there are. */
  async bytes(offset: number, length: number): Promise<Uint8Array> {
    const there = Math.max(0, Math.min(length, this.size - offset));
    const view = await this.view(offset, there);
    return view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array();
  }
}
