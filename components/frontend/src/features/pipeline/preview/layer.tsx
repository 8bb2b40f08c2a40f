import type { Region, Size } from '@tessera/contracts';
import styles from './preview.module.css';
import { place, type View } from './view.ts';

interface LayerProps {
  readonly url: string;
  /** The part of the picture that it shows. */
  readonly region: Region;
  readonly view: View;
  readonly stage: Size;
  readonly alt: string;
}

/** A picture of a part, in its place on the stage whatever part is looked at by now. */
export function Layer({ url, region, view, stage, alt }: LayerProps) {
  const { x, y, width, height } = place(region, view, stage);
  return (
    <img
      className={styles.picture}
      src={url}
      alt={alt}
      draggable={false}
      data-pixels={view.scale > 2 || undefined}
      style={{ transform: `translate(${String(x)}px, ${String(y)}px)`, width, height }}
    />
  );
}
