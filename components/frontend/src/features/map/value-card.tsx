import { useTranslations } from 'use-intl';
import styles from './value-card.module.css';
import type { ValueWords } from './use-value-words.ts';

/** Where the pointer or the crosshair is, and what lies there. */
export function ValueCard({ said }: { readonly said: ValueWords | undefined }) {
  const words = useTranslations('map.value');
  return (
    <dl className={styles.card} data-empty={said === undefined}>
      <div>
        <dt>{words('place')}</dt>
        <dd>
          <bdi dir="ltr">{said?.place ?? '–'}</bdi>
        </dd>
      </div>
      {said?.values.map(({ name, value }, n) => (
        <div key={n}>
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd data-value>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
