import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { positionAfterKey, positionOfPointer } from '../viewer/compare-position.ts';
import styles from './map-stage.module.css';

interface SwipeHandleProps {
  readonly stage: RefObject<HTMLElement | null>;
  /** Percent of the stage from its left. */
  readonly position: number;
  readonly onPosition: (position: number) => void;
}

/** The handle between two products: dragged, or moved by keys the way the arrows point, in every language. */
export function SwipeHandle({ stage, position, onPosition }: SwipeHandleProps) {
  const words = useTranslations('map.swipe');
  const shown = Math.round(position);
  const follow = (event: PointerEvent): void => {
    if (stage.current) onPosition(positionOfPointer(event.clientX, stage.current.getBoundingClientRect()));
  };
  const grab = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = positionAfterKey(position, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onPosition(next);
  };
  return (
    <>
      <div className={styles.swipeLine} style={{ left: `${String(position)}%` }} />
      <div
        className={styles.swipeHandle}
        style={{ left: `${String(position)}%` }}
        role="slider"
        tabIndex={0}
        aria-label={words('name')}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown}
        aria-valuetext={words('value', { left: shown, right: 100 - shown })}
        onPointerDown={grab}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
        }}
        onKeyDown={onKeyDown}
      >
        <span aria-hidden>‹›</span>
      </div>
    </>
  );
}
