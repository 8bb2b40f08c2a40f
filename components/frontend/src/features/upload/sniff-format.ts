import type { InputFormat } from '@tessera/contracts';

const starts = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((value, index) => bytes[at + index] === value);

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

const GIF = [ascii('GIF87a'), ascii('GIF89a')];
const TIFF = [
  [0x49, 0x49, 0x2a, 0],
  [0x4d, 0x4d, 0, 0x2a],
  [0x49, 0x49, 0x2b, 0],
  [0x4d, 0x4d, 0, 0x2b],
];

/**
 * Tells a format by the first bytes of a file (12 are enough). Only a first look that spares hopeless uploads: the
 * server decides. Undefined for anything that no server reads.
 */
export function sniffFormat(head: Uint8Array): InputFormat | undefined {
  if (starts(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (starts(head, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a])) return 'png';
  if (starts(head, ascii('RIFF')) && starts(head, ascii('WEBP'), 8)) return 'webp';
  // Every brand of the ISO media container: which of them hold AVIF is for the server to tell.
  if (starts(head, ascii('ftyp'), 4)) return 'avif';
  if (GIF.some((signature) => starts(head, signature))) return 'gif';
  if (TIFF.some((signature) => starts(head, signature))) return 'tiff';
  return undefined;
}
