import type { ZoomSource } from '../../api/zoom.ts';
import { DeepZoom, type DeepZoomProps } from './deep-zoom.tsx';
import styles from './side-by-side.module.css';
import { useZoomGroup } from './zoom-group.ts';

interface Side {
  readonly source: ZoomSource;
  /** Name of the picture, for those who can't see it. */
  readonly label: string;
  /** Word over the picture. */
  readonly caption: string;
}

interface SideBySideProps extends Pick<DeepZoomProps, 'viewport' | 'onViewport' | 'onAim' | 'surround'> {
  readonly before: Side;
  readonly after: Side;
}

/** Two pictures in step: what is done to one view happens to the other. One above the other on narrow screens. */
export function SideBySide({ before, after, viewport, onViewport, onAim, surround }: SideBySideProps) {
  const group = useZoomGroup();
  return (
    <div className={styles.pair} dir="ltr">
      {[before, after].map(({ source, label, caption }, index) => (
        <figure key={`${source.kind}/${source.id}`} className={styles.side}>
          <DeepZoom
            source={source}
            label={label}
            group={group}
            viewport={viewport}
            onViewport={onViewport}
            onAim={onAim}
            surround={surround}
            controls={index === 1}
          />
          <figcaption className={styles.caption} dir="auto">
            {caption}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
