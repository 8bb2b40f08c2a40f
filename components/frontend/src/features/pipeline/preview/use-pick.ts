import type { Size } from '@tessera/contracts';
import { useRef, type PointerEvent, type RefObject } from 'react';
import { usePointPicker, type PointWish } from '../point-picker.ts';
import { pixelAt, type View } from './view.ts';

/** Screen pixels that a press may move and still be one; beyond them the picture is moved. */
const STILL = 4;

/** The wish for a point of the picture, and what grants it: a press that does not move. */
export function usePick(
  area: RefObject<HTMLElement | null>,
  picture: Size,
  view: View,
  stage: Size | undefined,
): {
  readonly wish: PointWish | undefined;
  readonly onPress: (event: PointerEvent) => void;
  readonly onRelease: (event: PointerEvent) => void;
} {
  const { wish, want } = usePointPicker();
  const pressed = useRef<{ readonly x: number; readonly y: number }>(undefined);
  return {
    wish,
    onPress: ({ button, target, clientX, clientY }) => {
      const isOnPicture = target instanceof Element && target.closest('[data-view]') !== null;
      pressed.current = wish && button === 0 && isOnPicture ? { x: clientX, y: clientY } : undefined;
    },
    onRelease: ({ clientX, clientY }) => {
      const from = pressed.current;
      const box = area.current?.querySelector('[data-view]')?.getBoundingClientRect();
      pressed.current = undefined;
      if (!from || !wish || !box || !stage || Math.hypot(clientX - from.x, clientY - from.y) > STILL) return;
      const pixel = pixelAt({ x: clientX - box.x, y: clientY - box.y }, view, picture, stage);
      if (!pixel) return;
      // The middle of the pixel, so that it is the same however it is rounded.
      wish.give({ x: ((pixel.x + 0.5) / picture.width) * 100, y: ((pixel.y + 0.5) / picture.height) * 100 });
      want(undefined);
    },
  };
}
