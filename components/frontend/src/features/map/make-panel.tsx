import '../../theme/mantine-inputs.css';
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { INDICES, type IndexName } from '@tessera/contracts';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Bar } from '../../app/bar.tsx';
import { useFormats } from '../../format/use-formats.ts';
import { Problem } from '../problem/problem.tsx';
import { BandFiles } from './band-files.tsx';
import { guessFiles, rolesOf } from './band-roles.ts';
import styles from './map-panel.module.css';
import { PALETTE_NAMES } from './palette-names.ts';
import { SCALINGS, type ScalingName } from './scalings.ts';
import type { ChangeMap } from './use-map-search.ts';
import { useMakeProduct } from './use-make-product.ts';

/** A form that makes an index of band files, and shows it on the map. */
export function MakePanel({ onChange }: { readonly onChange: ChangeMap }) {
  const words = useTranslations('map.make');
  const indices = useTranslations('map.measures');
  const palettes = useTranslations('map.palettes');
  const formats = useFormats();
  const about = useId();
  const [index, setIndex] = useState<IndexName>('ndvi');
  const [files, setFiles] = useState<readonly File[]>([]);
  /** Files of bands that were chosen by hand, by their place in the list. */
  const [given, setGiven] = useState<Readonly<Record<string, number>>>({});
  const [scaling, setScaling] = useState<ScalingName>('file');
  const [own, setOwn] = useState({ scale: 1, offset: 0 });
  const [palette, setPalette] = useState<string>('');
  const [name, setName] = useState('');
  const make = useMakeProduct();

  const definition = INDICES.find((one) => one.index === index) ?? INDICES[0];
  const guessed: Readonly<Record<string, number>> = {
    ...guessFiles(
      index,
      files.map((file) => file.name),
    ),
    ...Object.fromEntries(Object.entries(given).filter(([, file]) => file < files.length)),
  };
  const missing = rolesOf(index).filter((role) => guessed[role] === undefined);
  const needsScaling = definition.needsReflectance && scaling === 'file';
  const scale = scaling === 'own' ? own : SCALINGS[scaling];

  const start = (): void => {
    const chosen = rolesOf(index).flatMap((role) => {
      const file = files[guessed[role] ?? -1];
      return file ? [{ role, file }] : [];
    });
    make.mutate(
      { index, bands: chosen, scale, name: name.trim() || undefined },
      {
        onSuccess: (job) =>
          onChange({
            ...{ product: job.id, beside: undefined, low: undefined, high: undefined, tab: 'look' },
            palette: PALETTE_NAMES.find((one) => one === palette),
          }),
      },
    );
  };

  return (
    <form
      className={styles.stack}
      aria-label={words('name')}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0) start();
      }}
    >
      <NativeSelect
        label={words('index')}
        aria-describedby={about}
        value={index}
        onChange={(event) => {
          const chosen = INDICES.find((one) => one.index === event.currentTarget.value);
          if (chosen) setIndex(chosen.index);
          setGiven({});
        }}
        data={INDICES.map((one) => ({ value: one.index, label: indices(one.index) }))}
      />
      <p id={about} className={styles.hint}>
        {words(`about.${index}`)}
      </p>
      <BandFiles
        files={files}
        onFiles={(next) => {
          setFiles(next);
          setGiven({});
        }}
      />
      {files.length > 0 && (
        <fieldset className={styles.group}>
          <legend>{words('bands')}</legend>
          {rolesOf(index).map((role) => (
            <NativeSelect
              key={role}
              size="xs"
              label={words(`roles.${role as 'red'}`)}
              value={guessed[role] === undefined ? '' : String(guessed[role])}
              onChange={(event) => setGiven({ ...given, [role]: Number(event.currentTarget.value) })}
              data={[
                ...(guessed[role] === undefined ? [{ value: '', label: words('chooseFile') }] : []),
                ...files.map((file, n) => ({ value: String(n), label: file.name })),
              ]}
            />
          ))}
        </fieldset>
      )}
      <NativeSelect
        label={words('scaling')}
        value={scaling}
        onChange={(event) => setScaling(event.currentTarget.value as ScalingName)}
        data={(['file', 'landsat', 'sentinel', 'sentinelOld', 'own'] as const).map((value) => ({
          value,
          label: words(`scalings.${value}`),
        }))}
      />
      {scaling === 'own' && (
        <div className={styles.pair}>
          <NumberInput
            size="xs"
            label={words('scale')}
            hideControls
            value={own.scale}
            onChange={(value) => typeof value === 'number' && setOwn({ ...own, scale: value })}
          />
          <NumberInput
            size="xs"
            label={words('offset')}
            hideControls
            value={own.offset}
            onChange={(value) => typeof value === 'number' && setOwn({ ...own, offset: value })}
          />
        </div>
      )}
      {needsScaling && <p className={styles.hint}>{words('needsScaling')}</p>}
      <NativeSelect
        label={words('palette')}
        value={palette}
        onChange={(event) => setPalette(event.currentTarget.value)}
        data={[
          { value: '', label: words('usualPalette') },
          ...PALETTE_NAMES.map((value) => ({ value, label: palettes(value) })),
        ]}
      />
      <TextInput
        label={words('title')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {make.error && <Problem error={make.error} undertaking="submit" />}
      {make.isPending && <Bar label={words('sending')} share={make.share} text={formats.percent(make.share)} />}
      <Button type="submit" loading={make.isPending} disabled={files.length === 0 || missing.length > 0}>
        {words('start')}
      </Button>
      {files.length > 0 && missing.length > 0 && (
        <p className={styles.hint}>
          {words('missing', { bands: formats.list(missing.map((role) => words(`roles.${role as 'red'}`))) })}
        </p>
      )}
    </form>
  );
}
