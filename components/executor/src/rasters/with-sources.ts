import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { RasterSource } from '@tessera/contracts';
import { GuardedFetch } from '@tessera/runtime/outbound';
import type { StageTools } from '../stages/stage-context.ts';
import { serveSources } from './source-port.ts';
import { readerOf } from './source-ranges.ts';

/** Serves ranges of rasters, and pictures in them, to a kernel call for its length. */
export async function withSources<Answer>(
  { objects, decoder, urls }: Pick<StageTools, 'objects' | 'decoder' | 'urls'>,
  sources: readonly RasterSource[],
  signal: AbortSignal,
  call: (port: MessagePort) => Promise<Answer>,
): Promise<Answer> {
  const { port1, port2 } = new MessageChannel();
  const remote = urls && new GuardedFetch(urls);
  try {
    const read = readerOf(objects, remote?.fetch, sources);
    serveSources(
      port1,
      { read, decodePicture: (picture, stop) => decoder.decodeTile(picture, { signal: stop }) },
      signal,
    );
    return await call(port2);
  } finally {
    port1.close();
    await remote?.close();
  }
}
