import type { ZoomDto } from '@tessera/contracts';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { useFormats } from '../../format/use-formats.ts';
import type { DeepZoomProps } from './deep-zoom.tsx';
import styles from './deep-zoom.module.css';
import { roundViewport, sameViewport, visibleRegion, type Viewport } from './viewport.ts';
import { moveOfKey } from './stage-keys.ts';
import { useOverlay } from './use-overlay.ts';
import { useStage } from './use-stage.ts';
import { ZoomControls } from './zoom-controls.tsx';

/** A picture whose levels are ready, with keys and buttons. Never mirrored in right-to-left pages. */
export function ZoomStage({
  source,
  zoom,
  label,
  viewport,
  onViewport,
  onAim,
  onVisible,
  group,
  overlay,
  controls = true,
}: DeepZoomProps & { readonly zoom: ZoomDto }) {
  const words = useTranslations('viewer');
  const formats = useFormats();
  const keys = useId();
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [shown, setShown] = useState<number>();
  const [drawn, setDrawn] = useState(false);
  /** What was told last, so that the same view coming back by the address moves nothing. */
  const told = useRef<Viewport | undefined>(undefined);

  const stage = useStage(element, source, zoom, group, {
    onMove: ({ zoom: scale }) => setShown(Number(scale.toPrecision(3))),
    onAim: (view, home) => onAim?.(home ? undefined : roundViewport(view)),
    onDrawn: setDrawn,
    onRest: (view, home) => {
      told.current = home ? undefined : roundViewport(view);
      onViewport?.(told.current);
    },
    onSettled: (view, size) => {
      const region = visibleRegion(view, size, zoom);
      if (region) onVisible?.(region, size);
    },
  });
  useOverlay(stage, overlay);

  useEffect(() => {
    if (!stage || (sameViewport(told.current, viewport) && viewport !== undefined)) return;
    if (viewport === undefined && told.current === undefined) return;
    told.current = viewport;
    stage.show(viewport);
  }, [stage, viewport]);

  const tell = (): void => {
    if (!stage) return;
    const { x, y, zoom: scale } = stage.viewport;
    announce(
      words('view', { zoom: formats.percent(scale), x: formats.count(Math.round(x)), y: formats.count(Math.round(y)) }),
    );
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveOfKey(event);
    if (!stage || !move) return;
    event.preventDefault();
    if (move.kind === 'pan') stage.pan(move.right, move.down);
    else if (move.kind === 'zoom') stage.zoomBy(move.factor);
    else if (move.kind === 'home') stage.home();
    else if (move.kind === 'full') stage.zoomTo(1);
    else tell();
  };

  return (
    <>
      <div
        className={styles.stage}
        dir="ltr"
        role="application"
        tabIndex={0}
        aria-label={words('stage', { name: label })}
        aria-describedby={keys}
        onKeyDown={onKeyDown}
        aria-busy={!drawn}
        data-ready={stage ? '' : undefined}
      >
        <div ref={setElement} className={styles.picture} />
        <p id={keys} className={styles.keys} dir="auto">
          {words('keys')}
        </p>
      </div>
      {controls && <ZoomControls stage={stage} />}
      {shown !== undefined && (
        <span className={styles.scale} dir="ltr" aria-hidden>
          {formats.percent(shown)}
        </span>
      )}
    </>
  );
}
