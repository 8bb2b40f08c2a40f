import type { RasterSource } from '@tessera/contracts';
import { openRaster, unpackHere, type OpenSource, type RasterFile } from '@tessera/geo';
import { AppError } from '@tessera/runtime/app-error';
import type { SourceAccess } from './source-port.ts';

/** Opens each source once for the length of a call of a kernel thread. */
export function openerOf(sources: readonly RasterSource[], { read, decodePicture }: SourceAccess): OpenSource {
  const opened = new Map<number, Promise<RasterFile>>();
  return (source) => {
    const known = opened.get(source);
    if (known) return known;
    const place = sources[source];
    if (place === undefined) throw new AppError('INTERNAL', { details: { reason: 'no such source', source } });
    const { name, at } = place;
    const range = {
      url: name,
      bytes: at.bytes,
      read: (start: number, length: number) => read(source, start, length),
    };
    const file = openRaster(range, { decodePicture, unpack: unpackHere });
    opened.set(source, file);
    return file;
  };
}
