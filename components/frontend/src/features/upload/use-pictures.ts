import { useEffect, useState } from 'react';
import { KeptPictures } from './kept-pictures.ts';
import type { UploadItem } from './upload-item.ts';

/** Milliseconds of an idle moment that are left alone. */
const SPARE = 3;

/** The pictures of a list: each is fetched in an idle moment, before anybody scrolls to it. */
export function usePictures(items: readonly UploadItem[]): KeptPictures {
  const [pictures] = useState(() => new KeptPictures());
  useEffect(() => {
    if (!('requestIdleCallback' in globalThis)) return;
    const toCome = items.filter(({ id, thumbnail }) => thumbnail !== undefined && !pictures.has(id)).toReversed();
    if (toCome.length === 0) return;
    const prepare = (moment: IdleDeadline): void => {
      while (moment.timeRemaining() > SPARE) {
        const next = toCome.pop();
        if (next?.thumbnail === undefined) return;
        pictures.show(next.id, next.thumbnail);
      }
      waiting = requestIdleCallback(prepare);
    };
    let waiting = requestIdleCallback(prepare);
    return () => cancelIdleCallback(waiting);
  }, [items, pictures]);
  return pictures;
}
