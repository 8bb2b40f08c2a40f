import { Button } from '@mantine/core';
import { IconCrosshair, IconFocus2 } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import type { Bounds } from './bounds.ts';
import { DegreesField } from './degrees-field.tsx';
import styles from './map-panel.module.css';

/** Asks for two corners on the map, or for one place. */
export interface CornerPicker {
  readonly bounds: Bounds | undefined;
  readonly onBounds: (bounds: Bounds | undefined) => void;
  /** Which corner the next click on the map is, or that it is the place. */
  readonly asking: 'first' | 'second' | 'place' | undefined;
  readonly onAsk: (what: 'area' | 'place') => void;
  readonly onSight: () => void;
}

const SIDES = ['west', 'south', 'east', 'north'] as const;
const NOWHERE: Bounds = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];

/** An area: by two corners on the map, by what is in sight, or by four numbers. */
export function BoundsFields({ bounds = NOWHERE, onBounds, asking, onAsk, onSight }: CornerPicker) {
  const words = useTranslations('map.area');
  return (
    <fieldset className={styles.group}>
      <legend>{words('name')}</legend>
      <div className={styles.buttons}>
        <Button
          variant={asking ? 'light' : 'default'}
          size="compact-sm"
          aria-pressed={asking !== undefined}
          leftSection={<IconCrosshair size={16} aria-hidden />}
          onClick={() => onAsk('area')}
        >
          {words('draw')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFocus2 size={16} aria-hidden />}
          onClick={onSight}
        >
          {words('sight')}
        </Button>
      </div>
      {asking && asking !== 'place' && <p className={styles.hint}>{words(asking)}</p>}
      <div className={styles.pair} dir="ltr">
        {SIDES.map((side, n) => (
          <DegreesField
            key={side}
            label={words(side)}
            limit={side === 'west' || side === 'east' ? 180 : 90}
            value={bounds[n]}
            onChange={(degrees) => onBounds(bounds.map((old, m) => (m === n ? degrees : old)) as unknown as Bounds)}
          />
        ))}
      </div>
    </fieldset>
  );
}
