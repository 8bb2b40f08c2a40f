import { useMemo, useState } from 'react';
import { boundsOf, isBounds, outlineOfBounds, type Bounds } from './bounds.ts';
import type { CornerPicker } from './bounds-fields.tsx';
import type { Point } from './reader/ground.ts';
import type { MapView } from './view/map-view.ts';
import type { Shape } from './view/shapes-layer.ts';

/** What was given of an area: nothing yet, the first corner, or all of it. */
interface Drawing {
  readonly asking: CornerPicker['asking'];
  readonly first: Point | undefined;
  readonly bounds: Bounds | undefined;
}

/** An area that is drawn by two corners, or a place: the picker for the panel, and what the map has to know of it. */
export function useCornerPicker(view: MapView | null | undefined, pointer: Point | undefined) {
  const [{ asking, first, bounds }, setDrawing] = useState<Drawing>({
    asking: undefined,
    first: undefined,
    bounds: undefined,
  });
  const shown = asking === 'second' && first && pointer ? boundsOf(first, pointer) : bounds;
  const key = shown?.join(' ');
  const shapes = useMemo(() => shapesOf(key), [key]);
  const picker: CornerPicker = {
    bounds,
    asking,
    onBounds: (next) => setDrawing({ asking: undefined, first: undefined, bounds: next }),
    onAsk: (what) =>
      setDrawing((before) => ({
        ...before,
        first: undefined,
        asking: before.asking ? undefined : what === 'place' ? 'place' : 'first',
      })),
    onSight: () => {
      const sight = view?.sight();
      if (sight) setDrawing({ asking: undefined, first: undefined, bounds: sight });
    },
  };
  /** Takes a corner or a place if one is asked for; says whether it was. */
  const take = (point: Point): boolean => {
    if (asking === undefined) return false;
    if (asking === 'place') setDrawing({ asking: undefined, first: undefined, bounds: boundsOf(point, point) });
    else if (asking === 'first' || first === undefined) {
      setDrawing({ asking: 'second', first: point, bounds: undefined });
    } else setDrawing({ asking: undefined, first: undefined, bounds: boundsOf(first, point) });
    return true;
  };
  return { picker, shapes, take };
}

const EDGE = '#D55E00';

/** The area or the place on the map, of its four numbers. */
function shapesOf(key: string | undefined): readonly Shape[] {
  const bounds = key?.split(' ').map(Number) as unknown as Bounds | undefined;
  if (!bounds?.every(Number.isFinite)) return [];
  const places = outlineOfBounds(bounds);
  if (isBounds(bounds)) return [{ id: 'area', places, stroke: EDGE, fill: 'rgb(213 94 0 / 12%)', dash: [8, 5] }];
  const isPlace = bounds[0] === bounds[2] && bounds[1] === bounds[3];
  return isPlace ? [{ id: 'area', places: places.slice(0, 1), stroke: EDGE }] : [];
}
