import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { SITE_QUERY } from '../../api/site.ts';
import { useFormats } from '../../format/use-formats.ts';
import styles from './help.module.css';

/** What the site takes, and for how long it keeps it. */
export function SiteLimits() {
  const words = useTranslations('help');
  const format = useFormats();
  const { data, isError } = useQuery(SITE_QUERY);
  if (isError) return <p>{words('unknown')}</p>;
  if (!data) return <Skeleton height={180} aria-busy />;
  const { limits, keep, formats } = data;
  const megapixels = (pixels: number): string => format.megapixels(pixels, 1);
  const rows: readonly (readonly [string, string])[] = [
    [words('formats'), formats.map((name) => name.toUpperCase()).join(', ')],
    [words('fileBytes'), format.bytes(limits.fileBytes)],
    [words('pixels'), megapixels(limits.pixels)],
    [words('progressivePixels'), megapixels(limits.progressivePixels)],
    [words('verifyPixels'), megapixels(limits.verifyPixels)],
    [words('kept'), words('keptHours', { hours: keep.resultsHours })],
    [words('uploadsKept'), words('keptHours', { hours: keep.uploadsHours })],
  ];
  return (
    <dl className={styles.limits}>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
