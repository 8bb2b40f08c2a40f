import { Button } from '@mantine/core';
import { IconList, IconPhoto } from '@tabler/icons-react';
import type { JobResult } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './result-panel.module.css';

/** The files beside a product: its picture, and the legend of it. */
export function ProductDownloads({ companions = [] }: Pick<JobResult, 'companions'>) {
  const words = useTranslations('result.product');
  const { bytes } = useFormats();
  const picture = companions.find(({ role }) => role === 'picture');
  const legend = companions.find(({ role }) => role === 'legend');
  if (!picture && !legend) return null;
  return (
    <div className={styles.actions}>
      {picture && (
        <Button
          variant="default"
          component="a"
          href={picture.url}
          download
          leftSection={<IconPhoto size={17} aria-hidden />}
        >
          {words('downloadPicture', { bytes: bytes(picture.bytes) })}
        </Button>
      )}
      {legend && (
        <Button
          variant="default"
          component="a"
          href={legend.url}
          download
          leftSection={<IconList size={17} aria-hidden />}
        >
          {words('downloadLegend')}
        </Button>
      )}
    </div>
  );
}
