/** Strips of one picture. */
const STRIPS = 16;
const ENTRY_BYTES = 12;

/**
 * The head of an uncompressed gray TIFF, whose pixels follow it: the file has `head.length + width * height` bytes, so
 * files of any size are made without ado. The height is a multiple of 16.
 */
export function tiffHead(width: number, height: number): Buffer {
  const rows = height / STRIPS;
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, STRIPS, 0],
    [277, 3, 1, 1],
    [278, 4, 1, rows],
    [279, 4, STRIPS, 0],
  ];
  const directory = 2 + entries.length * ENTRY_BYTES + 4;
  const [offsets, counts] = [8 + directory, 8 + directory + STRIPS * 4];
  const head = Buffer.alloc(counts + STRIPS * 4);
  head.write('II', 'latin1');
  head.writeUInt16LE(42, 2);
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + index * ENTRY_BYTES;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(tag === 273 ? offsets : tag === 279 ? counts : value, at + 8);
  }
  for (let strip = 0; strip < STRIPS; strip += 1) {
    head.writeUInt32LE(head.length + strip * rows * width, offsets + strip * 4);
    head.writeUInt32LE(rows * width, counts + strip * 4);
  }
  return head;
}
