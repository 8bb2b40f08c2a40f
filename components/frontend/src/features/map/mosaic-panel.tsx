import '../../theme/mantine-inputs.css';
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { INDICES, type MosaicCreated } from '@tessera/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { createMosaic, listMosaicCollections } from '../../api/mosaics.ts';
import { announce } from '../../app/announce.ts';
import { useFormats } from '../../format/use-formats.ts';
import { Problem } from '../problem/problem.tsx';
import { isBounds, sidesOf, type Bounds } from './bounds.ts';
import { BoundsFields, type CornerPicker } from './bounds-fields.tsx';
import styles from './map-panel.module.css';
import type { ChangeMap } from './use-map-search.ts';

/** A form that asks for a mosaic of an area, and shows how it is made on the map. */
export function MosaicPanel({ picker, onChange }: { readonly picker: CornerPicker; readonly onChange: ChangeMap }) {
  const words = useTranslations('map.mosaic');
  const measures = useTranslations('map.measures');
  const [collection, setCollection] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [cloud, setCloud] = useState<number | ''>(30);
  const [what, setWhat] = useState('rgb');
  const [resolution, setResolution] = useState<number | ''>('');
  const collections = useQuery({
    queryKey: ['mosaic-collections'],
    queryFn: ({ signal }) => listMosaicCollections(signal),
    staleTime: 60_000,
    retry: false,
  });
  const list = collections.data?.collections ?? [];
  const chosen = list.find(({ id, endpoint }) => `${endpoint} ${id}` === collection) ?? list[0];
  const make = useMutation<MosaicCreated, ApiError, Bounds>({
    mutationFn: async (bbox) =>
      createMosaic({
        bbox: [...bbox],
        dateRange: { from, to },
        collection: chosen?.id,
        endpoint: chosen?.endpoint,
        ...(cloud === '' ? {} : { maxCloudCover: cloud }),
        what: what === 'rgb' ? what : { index: what },
        ...(resolution === '' ? {} : { resolution }),
      }).catch((error: unknown) => {
        throw error instanceof ApiError ? error : unreachable();
      }),
    onSuccess: ({ job, scenes }) => {
      announce(words('started', { count: scenes.length }));
      picker.onBounds(undefined);
      const seen = { beside: undefined, palette: undefined, low: undefined, high: undefined };
      onChange({ ...seen, product: job.id, tab: 'look' });
    },
  });

  if (collections.isPending) return <p className={styles.hint}>{words('loading')}</p>;
  if (list.length === 0) return <p className={styles.hint}>{words('none')}</p>;
  const { bounds } = picker;
  const area = bounds && isBounds(bounds) ? bounds : undefined;
  const complete = area !== undefined && from !== '' && to !== '' && from <= to;
  return (
    <form
      className={styles.stack}
      aria-label={words('name')}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) make.mutate(area);
      }}
    >
      <BoundsFields {...picker} />
      <NativeSelect
        label={words('collection')}
        value={collection}
        onChange={(event) => setCollection(event.currentTarget.value)}
        data={list.map(({ id, endpoint, title }) => ({ value: `${endpoint} ${id}`, label: title ?? id }))}
      />
      <div className={styles.pair}>
        <TextInput
          type="date"
          label={words('from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput type="date" label={words('to')} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </div>
      <NativeSelect
        label={words('what')}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        data={['rgb' as const, ...INDICES.map(({ index }) => index)].map((value) => ({
          value,
          label: measures(value),
        }))}
      />
      <div className={styles.pair}>
        <NumberInput
          label={words('cloud')}
          min={0}
          max={100}
          hideControls
          value={cloud}
          onChange={(value) => setCloud(typeof value === 'number' ? value : '')}
        />
        <NumberInput
          label={words('resolution')}
          min={0.1}
          placeholder={words('finest')}
          hideControls
          value={resolution}
          onChange={(value) => setResolution(typeof value === 'number' ? value : '')}
        />
      </div>
      {area && (
        <AreaLine
          area={area}
          resolution={resolution === '' ? undefined : resolution}
          most={collections.data?.maxPixels}
        />
      )}
      {make.error && <Problem error={make.error} undertaking="submit" />}
      <Button type="submit" loading={make.isPending} disabled={!complete}>
        {words('start')}
      </Button>
      {!complete && <p className={styles.hint}>{words('missing')}</p>}
    </form>
  );
}

interface AreaLineProps {
  readonly area: Bounds;
  /** Metres; undefined: that of the scenes. */
  readonly resolution: number | undefined;
  /** Pixels of the largest mosaic that is made. */
  readonly most: number | undefined;
}

/** How large the area is, and how many pixels it will have about. */
function AreaLine({ area, resolution, most }: AreaLineProps) {
  const words = useTranslations('map.mosaic');
  const formats = useFormats();
  const [width, height] = sidesOf(area);
  const square = formats.amount((width * height) / 1e6);
  if (resolution === undefined) return <p className={styles.hint}>{words('square', { area: square })}</p>;
  const [columns, rows] = [Math.ceil(width / resolution), Math.ceil(height / resolution)];
  const tooLarge = most !== undefined && columns * rows > most;
  return (
    <p className={tooLarge ? styles.trouble : styles.hint}>
      {words('area', {
        area: square,
        size: formats.size(columns, rows),
        pixels: formats.megapixels(columns, rows),
      })}
      {tooLarge && <> {words('tooLarge', { most: formats.megapixels(most, 1) })}</>}
    </p>
  );
}
