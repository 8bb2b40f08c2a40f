import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Size } from '@tessera/contracts';
import { fit, fittingScale, pan, within, zoom, type View } from './view.ts';

/** Screen pixels for one press of an arrow key. */
const STRIDE = 60;
const FACTOR = 1.5;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STRIDE, 0],
  ArrowRight: [-STRIDE, 0],
  ArrowUp: [0, STRIDE],
  ArrowDown: [0, -STRIDE],
};

/** The pointer that holds the picture, and where it was last. */
interface Held {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** Whether a pointer is on the picture, not on something that lies over it. */
const isOnPicture = ({ target }: PointerEvent): boolean =>
  target instanceof Element && target.closest('[data-view]') !== null;

/** The part of a picture that is looked at, moved by pointer, wheel and keys. */
export function useView(picture: Size, stage: Size | undefined) {
  // Undefined: all of it, however large the stage is.
  const [chosen, setChosen] = useState<View>();
  const held = useRef<Held>(undefined);
  const room = stage ?? picture;
  const view = chosen ? within(chosen, picture, room) : fit(picture, room);
  const isFitted = view.scale <= fittingScale(picture, room) * 1.001;

  const zoomBy = (factor: number, at = { x: 0, y: 0 }): void => {
    const next = zoom(view, factor, at, picture, room);
    setChosen(next.scale <= fittingScale(picture, room) * 1.001 ? undefined : next);
  };
  const panBy = (x: number, y: number): void => setChosen(pan(view, { x, y }, picture, room));
  const toFit = (): void => setChosen(undefined);

  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (arrow) panBy(...arrow);
    else if (event.key === '+' || event.key === '=') zoomBy(FACTOR);
    else if (event.key === '-') zoomBy(1 / FACTOR);
    else if (event.key === '0') toFit();
    else return;
    event.preventDefault();
  };

  const onPointer = {
    onPointerDown(event: PointerEvent<HTMLElement>): void {
      if (event.button !== 0 || !isOnPicture(event)) return;
      held.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>): void {
      const before = held.current;
      if (before?.id !== event.pointerId) return;
      panBy(event.clientX - before.x, event.clientY - before.y);
      held.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => (held.current = undefined),
    onPointerCancel: () => (held.current = undefined),
  };

  return {
    view,
    isFitted,
    onKeyDown,
    onPointer,
    zoomIn: () => zoomBy(FACTOR),
    zoomOut: () => zoomBy(1 / FACTOR),
    zoomAt: (delta: number, at: { x: number; y: number }) => zoomBy(Math.exp(-delta / 400), at),
    toFit,
    toActual: () => zoomBy(1 / view.scale),
  };
}
