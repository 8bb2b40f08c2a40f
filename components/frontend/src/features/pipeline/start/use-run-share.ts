import { useEffect, useState } from 'react';
import { shareOfWhole } from '../../upload/share-of-whole.ts';
import { sumUp } from '../../upload/tray-sums.ts';
import type { UploadItem } from '../../upload/upload-item.ts';

/**
 * How far a run is whose files are still being sent, 0–1 over upload and processing; undefined where none is. A file
 * that is refused or added meanwhile does not lower it.
 */
export function useRunShare(uploads: readonly UploadItem[], early: boolean): number | undefined {
  const [furthest, setFurthest] = useState(0);
  const { bytes, sent } = sumUp(uploads);
  const now = bytes > 0 ? shareOfWhole(sent / bytes, 0) : 0;
  useEffect(() => {
    setFurthest((before) => (early ? Math.max(before, now) : 0));
  }, [early, now]);
  return early ? Math.max(furthest, now) : undefined;
}
