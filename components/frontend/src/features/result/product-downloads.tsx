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
  const ways = [
    { role: 'picture', Icon: IconPhoto, label: (size: number) => words('downloadPicture', { bytes: bytes(size) }) },
    { role: 'legend', Icon: IconList, label: () => words('downloadLegend') },
    { role: 'manifest', Icon: IconFileCode, label: () => words('downloadManifest') },
  ] as const;
  const files = ways.flatMap((way) => {
    const file = companions.find(({ role }) => role === way.role);
    return file ? [{ ...way, file }] : [];
  });
  if (files.length === 0) return null;
  return (
    <div className={styles.actions}>
      {files.map(({ role, Icon, label, file }) => (
        <Button
          key={role}
          variant="default"
          component="a"
          href={file.url}
          download
          leftSection={<Icon size={17} aria-hidden />}
        >
          {label(file.bytes)}
        </Button>
      ))}
    </div>
  );
}
