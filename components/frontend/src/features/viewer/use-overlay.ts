import type { Region } from '@tessera/contracts';
import { useEffect } from 'react';
import type { OsdStage } from './osd-stage.ts';

/**
 * Lays a picture over a region of the stage. It is decoded first and changes the one before in the same frame, so nothing
 * flickers while a slider is moved.
 */
export function useOverlay(
  stage: OsdStage | undefined,
  overlay: { readonly region: Region; readonly url: string } | undefined,
): void {
  const { url, region } = overlay ?? {};
  const { x = 0, y = 0, width = 0, height = 0 } = region ?? {};
  useEffect(() => {
    if (!stage) return;
    if (url === undefined) {
      stage.cover(undefined, undefined);
      return;
    }
    let stale = false;
    const image = new Image();
    image.alt = '';
    image.src = url;
    void image.decode().then(
      () => {
        if (!stale) stage.cover({ x, y, width, height }, image);
      },
      // A picture that could not be decoded is not shown; whoever gave its address says why.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [stage, url, x, y, width, height]);
}
