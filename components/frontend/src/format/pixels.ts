/** Writes a size in pixels with thin groups: `12 000 × 9 000`. */
export function formatSize(width: number, height: number): string {
  return `${group(width)} × ${group(height)}`;
}

function group(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** Writes a number of pixels in megapixels: `0.3 MP`, `144 MP`. */
export function formatMegapixels(width: number, height: number): string {
  const mega = (width * height) / 1e6;
  if (mega < 0.05) return '<\u00a00.1\u00a0MP';
  return `${mega < 10 ? mega.toFixed(1) : String(Math.round(mega))}\u00a0MP`;
}

/** Shortens a hash to its first and last `keep` characters. */
export function shortenHash(hash: string, keep = 6): string {
  return hash.length <= 2 * keep + 1 ? hash : `${hash.slice(0, keep)}…${hash.slice(-keep)}`;
}
