import { readTile, type View } from '@tessera/codec';
import { AppError, type Logger, type Metrics } from '@tessera/runtime';
import { gaugeOf } from '../background/gauge-of.ts';
import type { MasterDeps } from '../deps.ts';
import { Previews } from '../preview/previews.ts';
import type { StoredPicture } from './picture.ts';
import { makePrivateFolder } from './private-folder.ts';
import { PyramidCache } from './pyramid-cache.ts';
import { Thumbnails } from './thumbnails.ts';
import { Turns } from './turns.ts';

/** Tiles read at one time: reading shares a few threads with all other files of this process. */
const READS = 3;
/** Milliseconds that a tile waits for a pyramid that another master made known. */
const PATIENCE = 20_000;

/** Pictures as pyramids, tiles and thumbnails. */
export interface Zoom {
  readonly pyramids: PyramidCache;
  readonly thumbnails: Thumbnails;
  readonly previews: Previews;
  /**
   * A tile, level 0 the smallest.
   *
   * @throws AppError NOT_FOUND where there is none, NOT_READY, CANCELLED, and why there is no pyramid.
   */
  tile(picture: StoredPicture, place: TilePlace, signal: AbortSignal): Promise<View>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface TilePlace {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export function createZoom(deps: Pick<MasterDeps, 'objects' | 'decoder' | 'config'> & ZoomTools): Zoom {
  const { objects, decoder, config, logger, metrics, now } = deps;
  const pyramids = new PyramidCache({
    objects,
    decoder,
    quotaBytes: config.ZOOM_CACHE_BYTES,
    builds: config.ZOOM_BUILDS,
    logger,
    now,
  });
  const thumbnails = new Thumbnails({ objects, decoder, pyramids });
  const previews = new Previews({ pyramids, decoder, threads: config.PREVIEW_THREADS });
  const reads = new Turns(READS);
  gaugeOf(
    metrics,
    'tessera_zoom_cache_bytes',
    'Bytes of the pictures that are kept for close views.',
    () => pyramids.bytes,
  );
  return {
    pyramids,
    thumbnails,
    previews,
    async tile(picture, { level, column, row }, signal) {
      const { pyramid, release } = await pyramids.acquire(picture, { signal, patience: PATIENCE });
      try {
        const fromTop = pyramid.levels.length - 1 - level;
        const view = await reads.run(signal, () => readTile(pyramid, fromTop, column, row));
        if (view === undefined) throw new AppError('NOT_FOUND');
        return view;
      } finally {
        release();
      }
    },
    async start() {
      const folder = await makePrivateFolder(decoder.scratch);
      pyramids.start(folder);
      thumbnails.start(folder);
    },
    async close() {
      await previews.close();
      await pyramids.close();
    },
  };
}

interface ZoomTools {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds of a clock. */
  readonly now: () => number;
}
