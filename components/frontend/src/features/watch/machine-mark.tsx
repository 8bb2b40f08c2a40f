import { contrastRatio } from '../../theme/color-distance.ts';
import type { MachineLook } from '../../theme/machine-color.ts';
import styles from './machine-mark.module.css';

/** The letter of a machine on its colour and stripes. */
export function MachineMark({ look: { letter, hue, stripes } }: { readonly look: MachineLook }) {
  const ink = contrastRatio(hue, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
  return (
    <span
      className={styles.mark}
      style={{
        backgroundColor: hue,
        backgroundImage:
          stripes === 0
            ? undefined
            : `repeating-linear-gradient(${stripes}deg, rgb(0 0 0 / 28%) 0 2px, transparent 2px 6px)`,
        color: ink,
      }}
    >
      {letter}
    </span>
  );
}
