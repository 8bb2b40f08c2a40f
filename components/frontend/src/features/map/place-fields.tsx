import { Button } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import type { CornerPicker } from './bounds-fields.tsx';
import { DegreesField } from './degrees-field.tsx';
import styles from './map-panel.module.css';

/** One place: by the map, or by two numbers. It is an area without width and height. */
export function PlaceFields({ bounds, onBounds, asking, onAsk }: CornerPicker) {
  const words = useTranslations('map.area');
  const [lon = Number.NaN, lat = Number.NaN] = bounds ?? [];
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
        <DegreesField
          label={words('latitude')}
          limit={90}
          value={lat}
          onChange={(degrees) => onBounds([lon, degrees, lon, degrees])}
        />
        <DegreesField
          label={words('longitude')}
          limit={180}
          value={lon}
          onChange={(degrees) => onBounds([degrees, lat, degrees, lat])}
        />
      </div>
    </fieldset>
  );
}
