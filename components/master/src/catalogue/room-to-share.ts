import { AppError } from '@tessera/runtime';
import type { CatalogueStore } from '@tessera/store';

/** What of the catalogue one visitor may fill. */
export interface SharingLimit {
  readonly store: Pick<CatalogueStore, 'countShared'>;
  /** Products that one visitor shares at most: they are kept for as long as they are shared. */
  readonly maxShared: number;
}

/** @throws AppError QUOTA_EXCEEDED if the visitor shares as many products as allowed. */
export async function requireRoomToShare({ store, maxShared }: SharingLimit, visitor: string): Promise<void> {
  if ((await store.countShared(visitor)) < maxShared) return;
  throw new AppError('QUOTA_EXCEEDED', {
    message: `You share ${String(maxShared)} products, which is the most. Stop sharing one first.`,
  });
}
