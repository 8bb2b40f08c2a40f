import '../../theme/mantine-inputs.css';
import { TextInput } from '@mantine/core';
import { monotoneCubic } from '@tessera/imaging/monotone-cubic';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { addPoint, FULL, movePoint, readCurve, removePoint, writeCurve, type CurvePoint } from './curve-points.ts';
import styles from './curve.module.css';
import type { TextField } from './field.ts';

interface CurveParameterProps {
  readonly field: TextField;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnd: () => void;
}

const STRAIGHT: readonly CurvePoint[] = [
  [0, 0],
  [FULL, FULL],
];
const ARROWS: Readonly<Record<string, CurvePoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** Pixels of levels that an arrow key goes together with Shift. */
const LEAP = 10;

/** A curve of levels: points are dragged, or moved by arrow keys; a press beside them adds one, Delete removes it. */
export function CurveParameter({ field, value, onChange, onEnd }: CurveParameterProps) {
  const words = useTranslations('pipeline');
  const plane = useRef<SVGSVGElement>(null);
  const read = readCurve(value);
  const points = read ?? STRAIGHT;
  const level = monotoneCubic(points);
  const line = Array.from({ length: FULL + 1 }, (_, x) => `${String(x)},${(FULL - level(x)).toFixed(1)}`).join(' ');
  const give = (changed: readonly CurvePoint[]): void => onChange(writeCurve(changed));

  const levelsAt = (event: PointerEvent): CurvePoint => {
    const box = plane.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return [((event.clientX - box.x) / box.width) * FULL, FULL - ((event.clientY - box.y) / box.height) * FULL];
  };
  const press = (event: PointerEvent): void => {
    if (event.target instanceof SVGCircleElement) return;
    give(addPoint(points, levelsAt(event)));
    onEnd();
  };
  const byKey = (event: KeyboardEvent, index: number): void => {
    const [from, to] = points[index] ?? [0, 0];
    const arrow = ARROWS[event.key];
    if (arrow) {
      const by = event.shiftKey ? LEAP : 1;
      give(movePoint(points, index, [from + by * arrow[0], to + by * arrow[1]]));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      give(removePoint(points, index));
    } else return;
    event.preventDefault();
  };

  return (
    <div>
      <TextInput
        label={field.label}
        description={field.hint}
        value={value}
        error={read === undefined && words('value.curve')}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onEnd}
        spellCheck={false}
        dir="ltr"
      />
      <svg
        ref={plane}
        className={styles.plane}
        viewBox={`0 0 ${String(FULL)} ${String(FULL)}`}
        role="group"
        aria-label={words('curve.label', { label: field.label })}
        aria-description={words('curve.keys')}
        onPointerDown={press}
      >
        <path className={styles.grid} d="M64 0V255M128 0V255M191 0V255M0 64H255M0 128H255M0 191H255M0 255L255 0" />
        <polyline className={styles.line} points={line} />
        {points.map(([from, to], index) => (
          <circle
            // A point keeps its place in the order, wherever it goes.
            key={index}
            className={styles.point}
            cx={from}
            cy={FULL - to}
            r={7}
            tabIndex={0}
            role="slider"
            aria-label={words('curve.point', { place: index + 1, total: points.length })}
            aria-valuemin={0}
            aria-valuemax={FULL}
            aria-valuenow={to}
            aria-valuetext={words('curve.value', { from, to })}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => {
              if (event.currentTarget.hasPointerCapture(event.pointerId))
                give(movePoint(points, index, levelsAt(event)));
            }}
            onPointerUp={onEnd}
            onDoubleClick={() => give(removePoint(points, index))}
            onKeyDown={(event) => byKey(event, index)}
            onBlur={onEnd}
          />
        ))}
      </svg>
    </div>
  );
}
