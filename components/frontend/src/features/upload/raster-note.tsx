import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import styles from './tray.module.css';

/** Says that rasters stay behind when pictures are processed, and what can be made of them. */
export function RasterNote({ count }: { readonly count: number }) {
  const words = useTranslations('upload.rasters');
  return (
    <p className={styles.rasters}>
      <IconInfoCircle size={17} aria-hidden />
      <span>
        {words('note', { count })}{' '}
        <Link to="/help" hash="rasters">
          {words('products')}
        </Link>
      </span>
    </p>
  );
}
