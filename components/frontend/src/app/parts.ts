import { useRouteContext } from '@tanstack/react-router';
import type { Deletions } from '../features/history/deletions.ts';
import type { ThumbnailMemory } from '../features/upload/thumbnail-memory.ts';
import type { UploadTray } from '../features/upload/upload-tray.ts';

/** What lives as long as the page and is wired in `App`. */
export interface Parts {
  readonly tray: UploadTray;
  readonly thumbnails: ThumbnailMemory;
  readonly deletions: Deletions;
}

/** The parts, for every component below a route. */
export function useParts(): Parts {
  return useRouteContext({ from: '__root__' });
}
