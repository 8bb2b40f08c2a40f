import type { Decoder } from '@tessera/codec';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import { storeOfJobs } from './store-of-jobs.ts';
import { watchCalls, type Watch } from './watch-calls.ts';

const SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120];

/** An object store whose calls are timed, counted and traced. The time of a `get` is that to its first byte. */
export function watchObjects<Objects extends ObjectStore>(objects: Objects, watch: Watch): Objects {
  const port = {
    name: 'objects',
    figures: 'object_store_call',
    what: 'calls of the object store',
    calls: ['put', 'get', 'head', 'delete', 'compose', 'ping'],
    buckets: SECONDS,
    kind: 'client',
  } as const;
  return watchCalls<Objects>(objects, port, watch);
}

/** A job store whose calls are timed, counted and traced, and which tells of jobs. */
export function watchStore(store: JobStore, watch: Watch): JobStore {
  const calls = Object.keys(store).filter((name) => name !== 'close') as (keyof JobStore)[];
  const watched = watchCalls<JobStore>(
    store,
    {
      name: 'database',
      figures: 'database_call',
      what: 'calls of the database',
      calls,
      buckets: SECONDS,
      kind: 'client',
      attributes: { 'db.system.name': 'postgresql' },
    },
    watch,
  );
  return storeOfJobs(watched, watch);
}

type WatchedDecoder = Pick<
  Decoder,
  | 'probe'
  | 'decode'
  | 'decodeTile'
  | 'findRowBlocks'
  | 'decodeRows'
  | 'makePyramid'
  | 'makeThumbnail'
  | 'renderText'
  | 'scratch'
  | 'limits'
>;

/** A decoder whose work is timed, counted and traced. */
export function watchDecoder(decoder: WatchedDecoder, watch: Watch): WatchedDecoder {
  const port = {
    name: 'image',
    figures: 'decoder',
    what: 'looks at images (probe, findRowBlocks) and of their decoding (decode, decodeTile, decodeRows, makePyramid, makeThumbnail), and texts that are set (renderText)',
    calls: [
      'probe',
      'decode',
      'decodeTile',
      'findRowBlocks',
      'decodeRows',
      'makePyramid',
      'makeThumbnail',
      'renderText',
    ],
    buckets: SECONDS,
    kind: 'internal',
  } as const;
  return watchCalls<WatchedDecoder>(decoder, port, watch);
}
