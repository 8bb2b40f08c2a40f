import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import type { TileAddress } from './view/base-layers.ts';
import { MapView, type MapEvents, type Place } from './view/map-view.ts';

interface MapViewParts extends MapEvents {
  readonly target: RefObject<HTMLElement | null>;
  readonly scale: RefObject<HTMLElement | null>;
  /** Where the map begins. */
  readonly place: Place | undefined;
  /** Undefined while that is not known: the map waits for it. */
  readonly tiles: TileAddress | null | undefined;
}

/** OpenLayers on an element of the page, for as long as that is there. */
export function useMapView({ target, scale, place, tiles, ...events }: MapViewParts): MapView | undefined {
  const [view, setView] = useState<MapView>();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const onPointer = useEffectEvent(events.onPointer);
  const onClick = useEffectEvent(events.onClick);
  const onRest = useEffectEvent(events.onRest);
  const isReady = tiles !== undefined;

  const open = useEffectEvent((): MapView | undefined => {
    if (!target.current || !scale.current || tiles === undefined) return undefined;
    return new MapView({
      ...{ target: target.current, scale: scale.current, place, tiles },
      events: {
        onPointer: (point) => onPointer(point),
        onClick: (point, shape) => onClick(point, shape),
        onRest: (at) => onRest(at),
      },
    });
  });

  useEffect(() => {
    const made = isReady ? open() : undefined;
    setView(made);
    return () => made?.close();
  }, [isReady]);

  useEffect(() => {
    // The theme's tokens change with the attribute of the root element, which is set after this.
    const frame = requestAnimationFrame(() => view?.colour());
    return () => cancelAnimationFrame(frame);
  }, [view, scheme]);

  return view;
}
