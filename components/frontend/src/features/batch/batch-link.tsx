import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import styles from './batch-link.module.css';

/** The way from one image to all that were started with it; nothing where it was started alone. */
export function BatchLink({ job: { batch } }: { readonly job: JobDto }) {
  const words = useTranslations('watch.batch');
  if (batch === null) return null;
  return (
    <Link className={styles.link} to="/w/$batch" params={{ batch }}>
      <IconArrowLeft size={15} aria-hidden /> {words('whole')}
    </Link>
  );
}
