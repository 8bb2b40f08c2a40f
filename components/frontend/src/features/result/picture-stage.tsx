import type { ReactNode } from 'react';
import styles from './picture-stage.module.css';

interface PictureStageProps {
  /** Size of the picture in pixels: the stage keeps its shape. */
  readonly width: number;
  readonly height: number;
  readonly large?: boolean;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The neutral ground that a picture lies on, whole and in its shape. Never mirrored in right-to-left pages. */
export function PictureStage({ width, height, large = false, footer, children }: PictureStageProps) {
  const ratio = width / height;
  return (
    <div className={styles.stage} data-large={large || undefined}>
      <div className={styles.room}>
        <div
          className={styles.picture}
          dir="ltr"
          style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, calc(var(--stage-height) * ${ratio}))` }}
        >
          {children}
        </div>
      </div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </div>
  );
}
