import { Button } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import styles from './map-panel.module.css';

interface BandFilesProps {
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
}

/** The band files of a product: chosen, or dropped anywhere on the page. */
export function BandFiles({ files, onFiles }: BandFilesProps) {
  const words = useTranslations('map.make');
  const formats = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const { dropped } = useParts();
  const add = useEffectEvent((more: readonly File[]) => {
    const names = new Set(more.map(({ name }) => name));
    onFiles([...files.filter(({ name }) => !names.has(name)), ...more]);
  });
  useEffect(() => dropped.claim((arrivals) => add(arrivals)), [dropped]);
  return (
    <div className={styles.stack}>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".tif,.tiff,.jp2,image/tiff,image/jp2"
        aria-label={words('files')}
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button
        variant="default"
        leftSection={<IconFilePlus size={17} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {words('choose')}
      </Button>
      {files.length === 0 ? (
        <p className={styles.hint}>{words('drop')}</p>
      ) : (
        <ul className={styles.files} aria-label={words('files')}>
          {files.map((file) => (
            <li key={file.name}>
              <bdi dir="ltr">{file.name}</bdi>
              <span>{formats.bytes(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
