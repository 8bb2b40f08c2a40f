import '../../theme/mantine-inputs.css';
import { Button, NumberInput } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import type { CornerPicker } from './bounds-fields.tsx';
import styles from './map-panel.module.css';

/** One place: by the map, or by two numbers. It is an area without width and height. */
export function PlaceFields({ bounds, onBounds, asking, onAsk }: CornerPicker) {
  const words = useTranslations('map.area');
  const [lon = Number.NaN, lat = Number.NaN] = bounds ?? [];
  const shown = (value: number): number | '' => (Number.isFinite(value) ? value : '');
  const number = (value: number | string): number => (typeof value === 'number' ? value : Number.NaN);
  return (
    <fieldset className={styles.group}>
      <legend>{words('place')}</legend>
      <div className={styles.buttons}>
        <Button
          variant={asking ? 'light' : 'default'}
          size="compact-sm"
          aria-pressed={asking !== undefined}
          leftSection={<IconMapPin size={16} aria-hidden />}
          onClick={() => onAsk('place')}
        >
          {words('choose')}
        </Button>
      </div>
      {asking && <p className={styles.hint}>{words('click')}</p>}
      <div className={styles.pair}>
        <NumberInput
          size="xs"
          label={words('latitude')}
          hideControls
          decimalScale={5}
          min={-90}
          max={90}
          value={shown(lat)}
          onChange={(value) => onBounds([lon, number(value), lon, number(value)])}
        />
        <NumberInput
          size="xs"
          label={words('longitude')}
          hideControls
          decimalScale={5}
          min={-180}
          max={180}
          value={shown(lon)}
          onChange={(value) => onBounds([number(value), lat, number(value), lat])}
        />
      </div>
    </fieldset>
  );
}
