/** Memory of uploaded parts, used again for later ones: collecting it as garbage would hold many parts at a time. */
export class PartMemory {
  #free: Buffer[] = [];

  /** Memory of exactly `bytes` bytes with any content. */
  take(bytes: number): Buffer {
    const index = this.#free.findIndex((memory) => memory.length >= bytes);
    const [memory] = index < 0 ? [] : this.#free.splice(index, 1);
    // What is too small now will not be asked for again: parts only grow, but for the last.
    if (memory === undefined) this.#free = [];
    return memory?.subarray(0, bytes) ?? Buffer.allocUnsafeSlow(bytes);
  }

  /** Takes back what nobody reads or writes any more. */
  give(memory: Buffer): void {
    this.#free.push(memory);
  }
}
