import type { FileHandle } from 'node:fs/promises';
import type { RangeSource } from './range-source.ts';

/** An open file; whoever opened it closes it. */
export async function fileRange(file: FileHandle, url = 'file:'): Promise<RangeSource> {
  const { size } = await file.stat();
  return {
    url,
    bytes: size,
    read: async (start, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)));
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    },
  };
}
