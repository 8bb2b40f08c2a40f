/**
 * PackBits (TIFF 6.0, section 9), until `needed` bytes are unpacked or the input ends.
 *
 * @returns what there is, which may be less than needed.
 */
export function unpackBits(bytes: Uint8Array, needed: number): Uint8Array {
  const output = new Uint8Array(needed);
  let at = 0;
  let from = 0;
  while (at < needed && from < bytes.length) {
    const code = bytes[from]!;
    from += 1;
    if (code < 128) {
      const literal = bytes.subarray(from, Math.min(from + code + 1, from + needed - at));
      output.set(literal, at);
      at += literal.length;
      from += code + 1;
    } else if (code > 128 && from < bytes.length) {
      const end = Math.min(needed, at + 257 - code);
      output.fill(bytes[from]!, at, end);
      at = end;
      from += 1;
    }
  }
  return output.subarray(0, at);
}
