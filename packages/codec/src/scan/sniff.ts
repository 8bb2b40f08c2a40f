import type { InputFormat } from '@tessera/contracts';
import type { FileBytes } from './file-bytes.ts';

/** Bytes that telling a format needs; the brands of an AVIF may go on to there. */
const HEAD_BYTES = 64;

/** Tells the format by its first bytes, or `undefined` if it is not one that is read. */
export function sniff(file: FileBytes): InputFormat | undefined {
  const head = file.bytes(0, Math.min(HEAD_BYTES, file.size)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff') || head === '\xff\xd8') return 'jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(head.slice(0, 4))) return 'tiff';
  if (head.slice(4, 8) === 'ftyp' && brands(head).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return undefined;
}

/** Major and compatible brands of an ISO base media file (ISO/IEC 14496-12, section 4.3). */
function brands(head: string): readonly string[] {
  const length = Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE(0);
  const box = head.slice(8, Math.min(length, head.length));
  return Array.from({ length: Math.floor(box.length / 4) }, (_, i) => box.slice(4 * i, 4 * i + 4)).filter(
    (_, i) => i !== 1,
  );
}
