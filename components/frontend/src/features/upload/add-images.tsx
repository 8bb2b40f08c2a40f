import { useQuery } from '@tanstack/react-query';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { SITE_QUERY } from '../../api/site.ts';
import { useFormats } from '../../format/use-formats.ts';
import styles from './add-images.module.css';
import { AddressField } from './address-field.tsx';
import { FileButtons } from './file-buttons.tsx';
import { Samples } from './samples.tsx';
import type { UploadTray } from './upload-tray.ts';

interface AddImagesProps {
  readonly tray: UploadTray;
  /** A row of buttons instead of the large area, for a page where images are there already. */
  readonly compact?: boolean;
}

/** All ways in: drop, choose, folder, camera, paste, address, and samples to try. */
export function AddImages({ tray, compact = false }: AddImagesProps) {
  const words = useTranslations('upload');
  const formats = useFormats();
  const { data: site } = useQuery(SITE_QUERY);
  const takeAddress = (address: string): void => tray.addAddress(address);

  if (compact) {
    return (
      <div className={styles.compact} role="group" aria-label={words('add')} data-add-images>
        <FileButtons more size="xs" onFiles={(files) => tray.add(files)} />
      </div>
    );
  }
  return (
    <section className={styles.area} aria-label={words('add')} data-add-images>
      <IconPhotoPlus className={styles.icon} size={46} stroke={1.2} aria-hidden />
      <h2 className={styles.title}>{words('drop')}</h2>
      <p className={styles.hint}>{words('dropHint')}</p>
      <div className={styles.buttons}>
        <FileButtons more={false} size="md" onFiles={(files) => tray.add(files)} />
      </div>
      {site?.fetchesUrls === true && <AddressField onAddress={takeAddress} />}
      <p className={styles.limits}>
        {site
          ? words('limits', {
              formats: formats.list(site.formats.map((format) => format.toUpperCase())),
              bytes: formats.bytes(site.limits.fileBytes),
              pixels: formats.count(Math.round(site.limits.pixels / 1e6)),
            })
          : '\u00a0'}
      </p>
      <Samples onFiles={(files) => tray.add(files)} />
    </section>
  );
}
