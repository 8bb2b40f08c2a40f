import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { thumbnailUrl } from '../../../api/zoom.ts';
import type { ChoosableImage } from './use-image-choices.ts';
import styles from './image-parameter.module.css';

interface ImageOptionProps {
  readonly image: ChoosableImage;
  /** Name of the radio group. */
  readonly group: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** A small picture that can be chosen. */
export function ImageOption({ image, group, chosen, onChoose }: ImageOptionProps) {
  const [broken, setBroken] = useState(false);
  return (
    <label className={styles.image} title={image.name}>
      <input type="radio" name={group} checked={chosen} onChange={onChoose} />
      <span className={styles.picture} aria-hidden>
        {broken ? (
          <IconPhoto size={22} stroke={1.3} />
        ) : (
          <img
            src={thumbnailUrl({ kind: 'image', id: image.id }, 128)}
            alt=""
            loading="lazy"
            decoding="async"
            onError={() => setBroken(true)}
          />
        )}
      </span>
      <span className={styles.name} dir="auto">
        {image.name}
      </span>
    </label>
  );
}
