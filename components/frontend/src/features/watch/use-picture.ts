import { useEffect, useState } from 'react';

/** Fetches a picture, the first of these addresses that gives one; undefined until it is here. */
export function usePicture(addresses: readonly string[]): HTMLImageElement | undefined {
  const [picture, setPicture] = useState<HTMLImageElement>();
  const key = addresses.join('\n');
  useEffect(() => {
    let stale = false;
    const load = async (): Promise<void> => {
      for (const address of key.split('\n').filter(Boolean)) {
        const image = new Image();
        image.src = address;
        try {
          await image.decode();
        } catch {
          continue;
        }
        if (!stale) setPicture(image);
        return;
      }
    };
    void load();
    return () => {
      stale = true;
    };
  }, [key]);
  return picture;
}
