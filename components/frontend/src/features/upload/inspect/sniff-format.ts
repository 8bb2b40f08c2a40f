import type { LocalFormat } from './file-facts.ts';

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const TIFF = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];

/** Major and compatible brands of an ISO base media file (ISO/IEC 14496-12, section 4.3). */
function brands(head: string): string[] {
  const length =
    (head.charCodeAt(0) << 24) | (head.charCodeAt(1) << 16) | (head.charCodeAt(2) << 8) | head.charCodeAt(3);
  const box = head.slice(8, Math.max(12, Math.min(length, head.length)));
  return box.match(/.{4}/gs) ?? [];
}

/** Bytes that a first look needs. */
export const SNIFF_BYTES = 64;

/**
 * Tells a format by the first bytes of a file, as the server does: by content, never by name. Undefined for anything
 * that no server reads.
 */
export function sniffFormat(bytes: Uint8Array): LocalFormat | undefined {
  const head = latin1(bytes.subarray(0, SNIFF_BYTES));
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (TIFF.includes(head.slice(0, 4))) return 'tiff';
  if (head.startsWith('\0\0\0\x0cjP  \r\n\x87\n')) return 'raster';
  if (head.slice(4, 8) === 'ftyp' && brands(head).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return undefined;
}

/** Other kinds of files by their first bytes, by a name that people know. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'PDF'],
  [/^PK\p{Cc}\p{Cc}/u, 'ZIP'],
  [/^.{4}ftyphei/s, 'HEIC'],
  [/^.{4}ftyp(?:mif1|msf1)/s, 'HEIF'],
  [/^.{4}ftyp/s, 'MP4'],
  [/^BM.{4}\0{4}/s, 'BMP'],
  [/^8BPS/, 'PSD'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg)/, 'SVG, XML'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html)/i, 'HTML'],
  [/^\xff\n|^\0\0\0\fJXL /, 'JPEG XL'],
  [/^\0\0\0\fjP {2}/, 'JPEG 2000'],
];

/** What a file is that is no image of ours; `text` for plain text; undefined where it is not known. */
export function guessKind(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes.subarray(0, SNIFF_BYTES));
  const known = OTHERS.find(([pattern]) => pattern.test(head));
  if (known) return known[1];
  // Letters, marks and bytes of UTF-8, no control characters: nobody's image begins like that.
  return head.length > 0 && /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(head) && /[\x20-\x7e]{4}/.test(head)
    ? 'text'
    : undefined;
}
