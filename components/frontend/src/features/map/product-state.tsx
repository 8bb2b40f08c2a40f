import { useTranslations } from 'use-intl';
import { Bar } from '../../app/bar.tsx';
import { useFormats } from '../../format/use-formats.ts';
import styles from './map-panel.module.css';
import type { MapProduct } from './use-product.ts';

/** What of a product can not be seen on the map: that it is being made, or read, or why it is not there. */
export function ProductState({ product }: { readonly product: MapProduct }) {
  const { job, shared, ready, failure, elsewhere } = product;
  const words = useTranslations('map.state');
  const formats = useFormats();
  if (failure) {
    return (
      <p className={styles.trouble}>
        <span aria-hidden>✕</span> {words(`failures.${failure}`)}
      </p>
    );
  }
  if (ready) return null;
  if (elsewhere !== undefined) {
    return (
      <p className={styles.hint}>
        {words.rich('elsewhere', {
          site: shared?.site ?? new URL(elsewhere).host,
          go: (text) => (
            <a href={elsewhere} target="_blank" rel="noreferrer">
              {text}
            </a>
          ),
        })}
      </p>
    );
  }
  if (shared || !job || job.state === 'done') return <p className={styles.hint}>{words('reading')}</p>;
  if (job.state === 'failed' || job.state === 'cancelled') {
    return (
      <p className={styles.trouble}>
        <span aria-hidden>✕</span> {words(job.state)}
      </p>
    );
  }
  const share = Math.min(0.99, job.progress.share);
  return (
    <div className={styles.progress}>
      <span>{words('making', { share: formats.percent(share) })}</span>
      <Bar label={words('makingName')} share={share} text={formats.percent(share)} />
    </div>
  );
}
