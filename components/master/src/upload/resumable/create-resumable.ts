import { noTracing } from '@tessera/telemetry';
import type { MasterDeps } from '../../deps.ts';
import { logError } from '../../log-ref.ts';
import { createProbe } from '../probe-file.ts';
import { UploadFinisher } from './finish-uploads.ts';
import { SegmentStore } from './segment-store.ts';
import { TusExchange } from './tus-exchange.ts';
import { createUploadIds, type UploadIds } from './upload-ids.ts';
import { UploadTurns } from './upload-turns.ts';

/** Everything that takes uploads which can be resumed. */
export interface Resumable {
  readonly ids: UploadIds;
  readonly tus: TusExchange;
  readonly finisher: UploadFinisher;
  /** Has requests under way store what they have and end, so that their clients go on with another master. */
  endRequests(): Promise<void>;
  /** Gives up looking at files: whoever is asked next goes on with it. */
  close(): Promise<void>;
}

export function createResumable(deps: MasterDeps, newId: () => string, now: () => Date): Resumable {
  const { store, objects, decoder, logger, tracing = noTracing, config } = deps;
  const keepMilliseconds = config.KEEP_PARTIAL_UPLOADS_HOURS * 3_600_000;
  const segments = new SegmentStore({
    store,
    objects,
    newId,
    keepMilliseconds,
    mostUnfinished: config.MAX_UNFINISHED_UPLOADS_PER_VISITOR,
  });
  const turns = new UploadTurns();
  const maxBytes = config.MAX_UPLOAD_BYTES;
  const finisher = new UploadFinisher({
    store,
    objects,
    segments,
    probe: createProbe(decoder, decoder.limits.maxPixels),
    scratchFolder: config.MASTER_SCRATCH,
    maxBytes,
    newId,
    now,
    tracing,
    onLeftBehind: (error) => logger.warn({ err: logError(error) }, 'upload:left-behind'),
  });
  return {
    ids: createUploadIds(config.COOKIE_SECRET, newId),
    tus: new TusExchange({ path: '/api/v1/uploads', datastore: segments, locker: turns, maxBytes }),
    finisher,
    endRequests: () => turns.endAll(),
    close: () => finisher.close(),
  };
}
