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
      wish.give({ x: percentOf(pixel.x, picture.width), y: percentOf(pixel.y, picture.height) });
      want(undefined);
    },
  };
}

/** The middle of a pixel, in percent, with as few decimals as still tell it from others. */
function percentOf(pixel: number, length: number): number {
  const decimals = Math.max(0, Math.floor(Math.log10(length / 100)) + 1);
  return Number((((pixel + 0.5) / length) * 100).toFixed(decimals));
}
