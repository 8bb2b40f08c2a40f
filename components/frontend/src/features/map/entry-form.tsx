import '../../theme/mantine-inputs.css';
import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CatalogueEntry, Geometry, NewCatalogueEntry } from '@tessera/contracts';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { createCatalogueEntry } from '../../api/catalogue.ts';
import { uploadRaster } from '../../api/products.ts';
import { SITE_QUERY } from '../../api/site.ts';
import { announce } from '../../app/announce.ts';
import { Problem } from '../problem/problem.tsx';
import { isBounds, type Bounds } from './bounds.ts';
import { BoundsFields, type CornerPicker } from './bounds-fields.tsx';
import styles from './map-panel.module.css';
import { PlaceFields } from './place-fields.tsx';

type Kind = NewCatalogueEntry['kind'];
const KINDS = ['point', 'rectangle', 'image'] as const satisfies readonly Kind[];

interface EntryFormProps {
  readonly picker: CornerPicker;
  readonly onEnd: () => void;
  readonly onGo: (geometry: Geometry) => void;
}

/** A form for a point, a rectangle or an image on the map. */
export function EntryForm({ picker, onEnd, onGo }: EntryFormProps) {
  const words = useTranslations('map.entry');
  const kinds = useTranslations('map.shared.kinds');
  const queries = useQueryClient();
  const { data: site } = useQuery(SITE_QUERY);
  const [kind, setKind] = useState<Kind>('point');
  const [texts, setTexts] = useState({ name: '', description: '', creator: '' });
  const [share, setShare] = useState(true);
  const [picture, setPicture] = useState<File>();
  const input = useRef<HTMLInputElement>(null);
  const { bounds } = picker;
  const isPlaced = bounds !== undefined && (kind === 'point' ? bounds.every(Number.isFinite) : isBounds(bounds));
  const complete = isPlaced && texts.name.trim() !== '' && (kind !== 'image' || picture !== undefined);

  const save = useMutation<CatalogueEntry, ApiError, Bounds>({
    mutationFn: async (area) => {
      try {
        const about = { ...texts, share };
        return await createCatalogueEntry(await entryOf(area, about));
      } catch (error) {
        throw error instanceof ApiError ? error : unreachable();
      }
    },
    onSuccess: async (entry) => {
      await queries.invalidateQueries({ queryKey: ['catalogue', 'entries'] });
      picker.onBounds(undefined);
      announce(words('saved', { name: entry.name }));
      onGo(entry.geometry);
      onEnd();
    },
  });

  const entryOf = async (
    [west, south, east, north]: Bounds,
    about: typeof texts & { readonly share: boolean },
  ): Promise<NewCatalogueEntry> => {
    if (kind === 'point') return { kind, ...about, point: [west, south] };
    if (kind === 'rectangle' || picture === undefined)
      return { kind: 'rectangle', ...about, bbox: [west, south, east, north] };
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    const { id } = await uploadRaster(picture, site?.limits.resumableBytes ?? Infinity, options);
    const corners = [
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ] as const;
    return { kind, ...about, corners, source: { image: id } };
  };

  return (
    <form
      className={styles.stack}
      aria-label={words('name')}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) save.mutate(bounds);
      }}
    >
      <SegmentedControl<Kind>
        aria-label={words('kind')}
        value={kind}
        onChange={(next) => {
          // An area is no place, and a place no area.
          if ((next === 'point') !== (kind === 'point')) picker.onBounds(undefined);
          setKind(next);
        }}
        data={KINDS.map((value) => ({ value, label: kinds(value) }))}
      />
      {(['name', 'description', 'creator'] as const).map((key) => (
        <TextInput
          key={key}
          label={words(`fields.${key}`)}
          required={key === 'name'}
          maxLength={200}
          value={texts[key]}
          onChange={(event) => setTexts({ ...texts, [key]: event.currentTarget.value })}
        />
      ))}
      {kind === 'point' ? <PlaceFields {...picker} /> : <BoundsFields {...picker} />}
      {kind === 'image' && (
        <div className={styles.buttons}>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/png,image/jpeg,image/webp,image/avif,image/gif"
            aria-label={words('picture')}
            onChange={(event) => setPicture(event.currentTarget.files?.[0])}
          />
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPhoto size={16} aria-hidden />}
            onClick={() => input.current?.click()}
          >
            {words('picture')}
          </Button>
          {picture && <bdi dir="ltr">{picture.name}</bdi>}
        </div>
      )}
      <Switch label={words('share')} checked={share} onChange={(event) => setShare(event.currentTarget.checked)} />
      {save.error && <Problem error={save.error} undertaking="submit" />}
      <div className={styles.buttons}>
        <Button type="submit" loading={save.isPending} disabled={!complete}>
          {words('save')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            picker.onBounds(undefined);
            onEnd();
          }}
        >
          {words('cancel')}
        </Button>
      </div>
    </form>
  );
}
