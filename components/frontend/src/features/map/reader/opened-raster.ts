import { DEFAULT_RASTER_LIMITS, HeaderPages, openTiff, type RasterFile } from '@tessera/geo/page';
import { decodePicture } from './decode-picture.ts';
import { fileSource } from './file-source.ts';
import { groundOf, outlineOf, type Ground, type Point } from './ground.ts';
import { ReadFailure } from './read-failure.ts';
import { unpackInBrowser } from './unpack-in-browser.ts';

/** A raster whose header was read and that has a place on the map. */
export interface OpenedRaster {
  readonly url: string;
  readonly file: RasterFile;
  readonly ground: Ground;
  /** Its outline on the map. */
  readonly outline: readonly Point[];
}

/** Bytes of one band's block above which a file is not read: strips as wide as the whole of a large picture. */
const LIMITS = { ...DEFAULT_RASTER_LIMITS, maxBlockBytes: 32 * 2 ** 20, maxWindowBytes: 64 * 2 ** 20 };

/** @throws ReadFailure */
export async function openRaster(url: string): Promise<OpenedRaster> {
  const source = fileSource(url);
  const access = {
    source,
    pages: new HeaderPages(source),
    unpack: unpackInBrowser,
    decodePicture,
    ...{ maxReads: 4, maxGap: 0, maxJoined: 4 * 2 ** 20 },
  };
  const file = await openTiff(access, LIMITS).catch((cause: unknown) => {
    throw ReadFailure.from(cause);
  });
  const { epsg, transform } = file.facts;
  if (epsg === null || transform === null) throw new ReadFailure('no-place');
  const ground = groundOf(epsg, transform);
  if (ground === undefined) throw new ReadFailure('unknown-system');
  const outline = outlineOf(ground, { x: 0, y: 0, width: file.facts.width, height: file.facts.height });
  return { url, file, ground, outline };
}
