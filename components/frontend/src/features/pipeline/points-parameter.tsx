import '../../theme/mantine-inputs.css';
import { ActionIcon, Button, Input, NumberInput } from '@mantine/core';
import { MOST_POINTS, readPoints } from '@tessera/contracts';
import { IconCrosshair, IconPlus, IconX } from '@tabler/icons-react';
import { useContext, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { TextField } from './field.ts';
import { typedPoints, writePoints, type TypedPoint } from './point-list.ts';
import { usePointPicker } from './point-picker.ts';
import { StepContext } from './step-context.ts';
import styles from './parameter.module.css';

interface PointsParameterProps {
  readonly field: TextField;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnd: () => void;
}

/** Points of the picture: two numbers each, or a press on the preview. */
export function PointsParameter({ field, value, onChange, onEnd }: PointsParameterProps) {
  const words = useTranslations('catalogue.points');
  const problems = useTranslations('pipeline.value');
  const id = useId();
  const { want } = usePointPicker();
  const step = useContext(StepContext);
  // The place of the point that the next press on the preview sets.
  const [picked, setPicked] = useState<number>();
  const points = typedPoints(value);
  const add = useRef<HTMLButtonElement>(null);
  const before = useRef(points.length);
  const set = (place: number, change: Partial<TypedPoint>): void =>
    onChange(writePoints(points.map((point, n) => (n === place ? { ...point, ...change } : point))));
  const remove = (place: number): void => {
    setPicked(undefined);
    onChange(writePoints(points.filter((_, n) => n !== place)));
    onEnd();
  };

  useEffect(() => {
    const isFewer = points.length < before.current;
    before.current = points.length;
    // Whoever removed a point by its button goes on from the one that adds another.
    if (isFewer && document.activeElement === document.body) add.current?.focus();
  }, [points.length]);

  useEffect(() => {
    const point = picked === undefined ? undefined : points[picked];
    if (picked === undefined || !point) return;
    want({
      step,
      point: { x: point.x ?? 50, y: point.y ?? 50 },
      give: (chosen) => {
        set(picked, chosen);
        onEnd();
        setPicked(undefined);
      },
    });
    return () => want(undefined);
    // What is given is written into the points as they are then.
  }, [picked, value]);

  const figure = (place: number, axis: 'x' | 'y') => (
    <NumberInput
      className={styles.coordinate ?? ''}
      aria-label={words(axis, { place: place + 1 })}
      value={points[place]?.[axis] ?? ''}
      onChange={(typed) => set(place, { [axis]: typeof typed === 'number' ? typed : undefined })}
      onBlur={onEnd}
      min={0}
      max={100}
      step={1}
      decimalScale={6}
      clampBehavior="none"
      suffix={`\u00a0%`}
      leftSection={<span aria-hidden>{axis === 'x' ? '↔' : '↕'}</span>}
      hideControls
    />
  );

  return (
    <Input.Wrapper
      id={id}
      role="group"
      labelElement="div"
      label={field.label}
      description={field.hint}
      error={readPoints(value) === undefined && problems('points')}
      aria-labelledby={`${id}-label`}
    >
      <div className={styles.points}>
        {points.map((_, place) => (
          // A point keeps its place in the order, wherever it goes.
          <div key={place} className={styles.place} dir="ltr">
            {figure(place, 'x')}
            {figure(place, 'y')}
            <ActionIcon
              variant={picked === place ? 'filled' : 'default'}
              size="lg"
              aria-label={words('pick', { place: place + 1 })}
              aria-pressed={picked === place}
              onClick={() => setPicked(picked === place ? undefined : place)}
            >
              <IconCrosshair size={16} />
            </ActionIcon>
            {points.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={words('remove', { place: place + 1 })}
                onClick={() => remove(place)}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </div>
        ))}
        {picked !== undefined && <p className={styles.pickAbout}>{words('pickAbout')}</p>}
        {points.length < MOST_POINTS && (
          <Button
            ref={add}
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              onChange(writePoints([...points, { x: 50, y: 50 }]));
              onEnd();
            }}
          >
            {words('add')}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  );
}
