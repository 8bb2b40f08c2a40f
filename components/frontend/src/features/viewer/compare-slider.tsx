import { Button } from '@mantine/core';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { positionAfterKey, positionOfPointer } from './compare-position.ts';
import styles from './compare-slider.module.css';

export interface CompareSliderProps {
  /** What is shown left of the handle, laid over the whole stage: a picture, or a deep zoom. */
  readonly before: ReactNode;
  /** What is shown right of it; clipped, never moved. */
  readonly after: ReactNode;
  /** Where the handle stands: percent of the stage from its left, in every language. */
  readonly position: number;
  readonly onPosition: (position: number) => void;
  /** Name of the handle. */
  readonly label: string;
  /** `track` leaves the pointer on the stage to the pictures, for those that can be moved; the handle and its track move it. */
  readonly grip?: 'stage' | 'track';
}

/**
 * Two pictures of the same thing one over the other, with a handle between them. “Before” stays on the left of the
 * picture in right-to-left pages too, so that an address shows the same to everybody.
 */
export function CompareSlider({ before, after, position, onPosition, label, grip = 'stage' }: CompareSliderProps) {
  const words = useTranslations('viewer.compare');
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const shown = Math.round(position);

  const follow = (event: PointerEvent): void => {
    if (stage.current) onPosition(positionOfPointer(event.clientX, stage.current.getBoundingClientRect()));
  };
  const grab = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    handle.current?.focus({ preventScroll: true });
    follow(event);
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
  };
  const grips = { onPointerDown: grab, onPointerMove: drag };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = positionAfterKey(position, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onPosition(next);
  };

  return (
    <div className={styles.compare}>
      <div
        ref={stage}
        className={styles.stage}
        dir="ltr"
        data-grip={grip}
        style={{ '--position': `${String(position)}%` } as React.CSSProperties}
        {...(grip === 'stage' ? grips : {})}
      >
        <div className={styles.layer}>{before}</div>
        <div className={styles.layer} data-after>
          {after}
        </div>
        <span className={styles.caption} data-side="before" dir="auto" aria-hidden>
          {words('before')}
        </span>
        <span className={styles.caption} data-side="after" dir="auto" aria-hidden>
          {words('after')}
        </span>
        <div className={styles.line} />
        <div className={styles.track} {...(grip === 'track' ? grips : {})}>
          <div
            ref={handle}
            className={styles.handle}
            role="slider"
            tabIndex={0}
            aria-label={label}
            aria-orientation="horizontal"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={shown}
            aria-valuetext={words('value', { before: shown, after: 100 - shown })}
            onKeyDown={onKeyDown}
          >
            <span aria-hidden>‹›</span>
          </div>
        </div>
      </div>
      <Button.Group className={styles.choices} aria-label={words('choices')}>
        {([100, 50, 0] as const).map((place) => (
          <Button
            key={place}
            size="compact-sm"
            variant={shown === place ? 'light' : 'default'}
            aria-pressed={shown === place}
            onClick={() => onPosition(place)}
          >
            {words(PLACES[place])}
          </Button>
        ))}
      </Button.Group>
    </div>
  );
}

const PLACES = { 100: 'before', 50: 'half', 0: 'after' } as const;
