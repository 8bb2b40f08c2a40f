import { useRouteContext } from '@tanstack/react-router';
import type { Deletions } from '../features/history/deletions.ts';
import type { Connection } from '../features/upload/connection.ts';
import type { EarlyStarts } from '../features/upload/early-starts.ts';
import type { Starter } from '../features/pipeline/start/starter.ts';
import type { DraftStore } from '../features/pipeline/draft-store.ts';
import type { ThumbnailMemory } from '../features/upload/thumbnail-memory.ts';
import type { DroppedElsewhere } from './dropped-elsewhere.ts';
import type { Watched } from '../api/watched.ts';
import type { MachineMemory } from '../features/watch/machine-memory.ts';
import type { UploadTray } from '../features/upload/upload-tray.ts';

/** What lives as long as the page and is wired in `App`. */
export interface Parts {
  readonly tray: UploadTray;
  readonly thumbnails: ThumbnailMemory;
  readonly deletions: Deletions;
  readonly connection: Connection;
  /** Jobs and batches that were opened by link. */
  readonly watched: Watched;
  /** Who takes dropped files instead of the tray. */
  readonly dropped: DroppedElsewhere;
  /** Letters and colours of machines. */
  readonly machines: MachineMemory;
  readonly drafts: DraftStore;
  readonly earlyStarts: EarlyStarts;
  readonly starter: Starter;
}

/** The parts, for every component below a route. */
export function useParts(): Parts {
  return useRouteContext({ from: '__root__' });
}
