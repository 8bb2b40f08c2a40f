import { PRESETS } from '@tessera/contracts';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import styles from './catalogue.module.css';

const KNOWN: ReadonlySet<string> = new Set(PRESETS.map(({ id }) => id));

/** What a preset, or an operation with its usual values, makes of a photograph: before on the left, after on the right. */
export function ExamplePicture({ id }: { readonly id: string }) {
  // A newer server may have operations that this page has neither words nor pictures of.
  const known = useTranslations('pipeline.operations').has(`${id}.title` as 'invert.title') || KNOWN.has(id);
  return (
    <span className={styles.picture} dir="ltr">
      {known ? (
        <img src={`/examples/${id}.webp`} alt="" width={240} height={160} loading="lazy" decoding="async" />
      ) : (
        <IconPhoto size={28} stroke={1.2} aria-hidden />
      )}
    </span>
  );
}
