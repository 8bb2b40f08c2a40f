import { useReducedMotion } from '@mantine/hooks';
import type { ZoomDto } from '@tessera/contracts';
import { useEffect, useRef, useState } from 'react';
import { loadPatiently } from '../../api/load-patiently.ts';
import type { ZoomSource } from '../../api/zoom.ts';
import { OsdStage, type StageEvents } from './osd-stage.ts';
import type { ZoomGroup } from './zoom-group.ts';

/** Puts a picture into an element for as long as the component lives; the viewer's code is fetched for the first one. */
export function useStage(
  element: HTMLElement | null,
  source: ZoomSource,
  zoom: ZoomDto,
  group: ZoomGroup | undefined,
  events: StageEvents,
): OsdStage | undefined {
  const [stage, setStage] = useState<OsdStage>();
  const still = useReducedMotion();
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  const { kind, id } = source;

  useEffect(() => {
    if (!element) return;
    let made: OsdStage | undefined;
    let gone = false;
    void loadPatiently(() => import('openseadragon')).then(({ default: osd }) => {
      if (gone) return;
      made = new OsdStage(osd, {
        element,
        source: { kind, id },
        zoom,
        group,
        animationSeconds: still ? 0 : 0.35,
        onAim: (viewport, home) => latest.current.onAim(viewport, home),
        onMove: (viewport, home) => latest.current.onMove(viewport, home),
        onRest: (viewport, home) => latest.current.onRest(viewport, home),
        onDrawn: (drawn) => latest.current.onDrawn(drawn),
        onSettled: (viewport, size) => latest.current.onSettled(viewport, size),
      });
      setStage(made);
    });
    return () => {
      gone = true;
      made?.destroy();
      setStage(undefined);
    };
  }, [element, kind, id, zoom, group, still]);

  return stage;
}
