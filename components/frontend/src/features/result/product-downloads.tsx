import { Button } from '@mantine/core';
import { IconFileCode, IconList, IconPhoto } from '@tabler/icons-react';
import type { JobResult } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './result-panel.module.css';

/** The files beside a product: its picture, the legend of it, and which scene served which part. */
export function ProductDownloads({ companions = [] }: Pick<JobResult, 'companions'>) {
  const words = useTranslations('result.product');
  const { bytes } = useFormats();
  const picture = companions.find(({ role }) => role === 'picture');
  const legend = companions.find(({ role }) => role === 'legend');
  const manifest = companions.find(({ role }) => role === 'manifest');
  if (!picture && !legend && !manifest) return null;
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
      {manifest && (
        <Button
          variant="default"
          component="a"
          href={manifest.url}
          download
          leftSection={<IconFileCode size={17} aria-hidden />}
        >
          {words('downloadManifest')}
        </Button>
      )}
    </div>
  );
}
