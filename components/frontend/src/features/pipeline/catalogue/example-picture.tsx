import { PRESETS } from '@tessera/contracts';
import { IconPhoto } from '@tabler/icons-react';
import styles from './catalogue.module.css';

const KNOWN = new Set(PRESETS.map(({ id }) => id));

/** What a preset, or an operation with its usual values, makes of a photograph: before on the left, after on the right. */
export function ExamplePicture({ id }: { readonly id: string }) {
  return (
    <span className={styles.picture} dir="ltr">
      {KNOWN.has(id) ? (
        <img src={`/examples/${id}.webp`} alt="" width={240} height={160} loading="lazy" decoding="async" />
      ) : (
        <IconPhoto size={28} stroke={1.2} aria-hidden />
      )}
    </span>
  );
}
