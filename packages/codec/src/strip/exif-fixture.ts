/** The smallest EXIF block: a TIFF header and a directory with one orientation, 1–8. */
export function smallestExif(orientation = 1): Uint8Array {
  const entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0];
  return Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, ...entry, 0, 0, 0, 0);
}
