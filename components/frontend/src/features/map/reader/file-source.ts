import type { RangeSource } from '@tessera/geo/page';
import { ReadFailure } from './read-failure.ts';

/** Bytes of a file of this site, read in pieces. */
export function fileSource(url: string): RangeSource {
  return {
    url,
    async read(start, length, signal) {
      const range = `bytes=${String(start)}-${String(start + length - 1)}`;
      const answer = await fetch(url, { headers: { range }, ...(signal && { signal }) }).catch((cause: unknown) => {
        if (signal?.aborted) throw cause;
        throw new ReadFailure('unreachable');
      });
      if (answer.status === 416) return new Uint8Array();
      if (answer.status === 404 || answer.status === 410) throw new ReadFailure('gone');
      // A whole file where a part was asked for could be of any size.
      if (answer.status !== 206) throw new ReadFailure('unreachable');
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}
