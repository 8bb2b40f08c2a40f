import { ActionIcon } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useTranslations } from 'use-intl';
import styles from './map-stage.module.css';
import type { Point } from './reader/ground.ts';
import type { MapReader } from './reader/map-reader.ts';
import type { TileLook } from './reader/tile-look.ts';
import { moveOfKey } from './stage-key.ts';
import { SwipeHandle } from './swipe-handle.tsx';
import { useMapView } from './use-map-view.ts';
import type { TileAddress } from './view/base-layers.ts';
import type { MapView, Place } from './view/map-view.ts';
import type { MapPicture } from './view/pictures-layer.ts';
import { ProductLayer } from './view/product-layer.ts';
import type { Shape } from './view/shapes-layer.ts';

/** A raster as it is shown. */
export interface ShownRaster {
  readonly url: string;
  readonly look: TileLook;
  /** Per cent. */
  readonly opacity: number;
}

interface MapStageProps {
  readonly reader: MapReader;
  readonly tiles: TileAddress | null | undefined;
  readonly place: Place | undefined;
  readonly onPlace: (place: Place) => void;
  /** One, or two that are compared: the first left of the handle, the second right of it. */
  readonly rasters: readonly ShownRaster[];
  readonly swipe: number;
  readonly onSwipe: (position: number) => void;
  readonly shapes: readonly Shape[];
  readonly pictures: readonly MapPicture[];
  /** What fills the map when it is asked to. */
  readonly home: readonly Point[] | undefined;
  /** Where the pointer or the crosshair is, in metres of Web Mercator. */
  readonly onPoint: (point: Point | undefined) => void;
  /** A place was chosen, by a click or by the crosshair, and the shape that lies there. */
  readonly onTake: (point: Point, shape: string | undefined) => void;
  /** Somebody asked to be told what is seen. */
  readonly onTell: () => void;
  readonly ref?: Ref<MapView | undefined>;
  /** What lies over the map: values, legends. */
  readonly children?: ReactNode;
}

/** The map: moved by pointer and by keys, with a crosshair for those who have no pointer. */
export function MapStage(props: MapStageProps) {
  const { reader, tiles, place, rasters, swipe, onSwipe, shapes, pictures, home, onPoint, onTake, ref, children } =
    props;
  const words = useTranslations('map.stage');
  const [stage, target, scale] = [
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
  ];
  const keys = useId();
  const [cursor, setCursor] = useState<readonly [number, number]>();
  const view = useMapView({
    ...{ target, scale, place, tiles },
    onPointer: (point) => {
      // The crosshair stays where it is while the pointer passes by.
      if (cursor === undefined) onPoint(point);
    },
    onClick: (point, shape) => {
      setCursor(undefined);
      onPoint(point);
      onTake(point, shape);
    },
    onRest: (at) => {
      props.onPlace(at);
      if (cursor) onPoint(view?.pointAt(cursor));
    },
  });
  useImperativeHandle(ref, () => view, [view]);
  useRasters(view, reader, rasters, swipe);
  useEffect(() => view?.showShapes(shapes), [view, shapes]);
  useEffect(() => view?.showPictures(pictures), [view, pictures]);

  const putCursor = (at: readonly [number, number]): void => {
    setCursor(at);
    onPoint(view?.pointAt(at));
  };
  const moveCursor = (right: number, down: number): void => {
    if (!view) return;
    const [width, height] = view.size();
    const [x, y] = cursor ?? [width / 2, height / 2];
    const next = [x + (cursor ? right : 0), y + (cursor ? down : 0)] as const;
    // At the edge the map moves instead.
    if (next[0] < 0 || next[0] > width || next[1] < 0 || next[1] > height) {
      view.panBy(Math.sign(right) * 0.25, Math.sign(down) * 0.25);
      putCursor([x - Math.sign(right) * 0.25 * width + right, y - Math.sign(down) * 0.25 * height + down]);
    } else putCursor(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveOfKey(event);
    if (!move || !view) return;
    event.preventDefault();
    if (move.kind === 'cursor') moveCursor(move.right, move.down);
    if (move.kind === 'pan') {
      view.panBy(move.right, move.down);
      if (cursor) putCursor(cursor);
    }
    if (move.kind === 'zoom') view.zoomBy(move.steps);
    if (move.kind === 'fit' && home) view.fit(home);
    if (move.kind === 'tell') props.onTell();
    if (move.kind === 'leave') {
      setCursor(undefined);
      onPoint(undefined);
    }
    const at = move.kind === 'take' && cursor ? view.pointAt(cursor) : undefined;
    if (at) onTake(at, undefined);
  };

  return (
    <div className={styles.stage} ref={stage} dir="ltr">
      <div
        ref={target}
        className={styles.map}
        role="application"
        tabIndex={0}
        aria-label={words('name')}
        aria-describedby={keys}
        onKeyDown={onKeyDown}
      />
      <p id={keys} className={styles.keys} dir="auto">
        {words('keys')}
      </p>
      {cursor && <div className={styles.cursor} style={{ left: cursor[0], top: cursor[1] }} data-testid="cursor" />}
      {rasters.length > 1 && <SwipeHandle stage={stage} position={swipe} onPosition={onSwipe} />}
      <div className={styles.zoom}>
        <ActionIcon variant="default" size="lg" aria-label={words('nearer')} onClick={() => view?.zoomBy(1)}>
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={words('farther')} onClick={() => view?.zoomBy(-1)}>
          <IconMinus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={words('fit')}
          disabled={!home}
          onClick={() => home && view?.fit(home)}
        >
          <IconFocusCentered size={18} aria-hidden />
        </ActionIcon>
      </div>
      <div className={styles.foot}>
        {children}
        <div ref={scale} className={styles.scale} />
      </div>
    </div>
  );
}

/** Puts rasters on the map, keeps those that stay, and draws each on its side of the handle. */
function useRasters(
  view: MapView | undefined,
  reader: MapReader,
  rasters: readonly ShownRaster[],
  swipe: number,
): void {
  const layers = useRef(new Map<string, ProductLayer>());
  useEffect(() => {
    const kept = layers.current;
    return () => kept.clear();
  }, [view]);
  useEffect(() => {
    if (!view) return;
    const kept = new Map<string, ProductLayer>();
    const shown = rasters.map(({ url, look, opacity }, n) => {
      const key = `${String(n)} ${url}`;
      const layer = layers.current.get(key) ?? new ProductLayer(reader, url, look, window.devicePixelRatio);
      kept.set(key, layer);
      layer.setLook(look);
      layer.layer.setOpacity(opacity / 100);
      layer.setSide(rasters.length > 1 ? { side: n === 0 ? 'left' : 'right', position: swipe } : undefined);
      return layer;
    });
    layers.current = kept;
    view.showProducts(shown);
  }, [view, reader, rasters, swipe]);
}
