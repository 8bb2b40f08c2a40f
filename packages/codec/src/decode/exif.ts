const MARKER = 'Exif\0\0';
const ORIENTATION = 274;
const UPRIGHT = 1;

/**
 * A copy of an EXIF block as a TIFF structure, without the marker that JPEG puts before it, whose orientation is set to
 * upright; `undefined` if it is not well-formed.
 */
export function uprightExif(block: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(block);
  const tiff = bytes.toString('latin1', 0, MARKER.length) === MARKER ? bytes.subarray(MARKER.length) : bytes;
  const order = tiff.toString('latin1', 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return undefined;
  const littleEndian = order === 'II*\0';
  const u16 = (at: number): number => (littleEndian ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  try {
    const directory = littleEndian ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    for (let i = 0; i < u16(directory); i += 1) {
      const entry = directory + 2 + 12 * i;
      if (u16(entry) !== ORIENTATION) continue;
      if (littleEndian) tiff.writeUInt16LE(UPRIGHT, entry + 8);
      else tiff.writeUInt16BE(UPRIGHT, entry + 8);
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return new Uint8Array(tiff);
}
