import { Button } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import styles from './preview.module.css';

/** Where a picture would be: what a raster is for, and the way there. */
export function RasterPane() {
  const words = useTranslations('upload.rasters');
  return (
    <div className={styles.raster}>
      <IconGridDots size={40} stroke={1.2} aria-hidden />
      <strong>{words('title')}</strong>
      <p>{words('about')}</p>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/help" hash="rasters" />}>
        {words('products')}
      </Button>
    </div>
  );
}
