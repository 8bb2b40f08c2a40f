import { IconGridDots } from '@tabler/icons-react';
import type { JobResult, ProductFacts } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { DeepZoom } from '../viewer/deep-zoom.tsx';
import { SurroundSwitch } from '../viewer/surround-switch.tsx';
import { ProductLegend } from './product-legend.tsx';
import type { ResultStageProps } from './result-stage.tsx';
import styles from './result-view.module.css';

interface ProductViewProps extends ResultStageProps {
  readonly product: ProductFacts;
  readonly result: JobResult;
}

/** The picture of a product with what its colours mean; there is no source that it could be compared with. */
export function ProductView({ job, product, result, seen, onChange, onAim }: ProductViewProps) {
  const words = useTranslations('result.product');
  const legend = result.companions?.find(({ role }) => role === 'legend-data');
  if (!product.viewable) {
    return (
      <section className={styles.looking} aria-label={words('looking')}>
        <div className={styles.unseen}>
          <IconGridDots size={44} stroke={1.2} aria-hidden />
          <strong>{words('noPicture')}</strong>
          <p>{words('noPictureAbout')}</p>
        </div>
      </section>
    );
  }
  return (
    <section className={styles.looking} aria-label={words('looking')}>
      <div className={styles.tools} data-end>
        <div className={styles.grounds}>
          <SurroundSwitch value={seen.ground} onChange={(ground) => onChange({ ground })} />
        </div>
      </div>
      <div className={styles.stage}>
        <DeepZoom
          source={{ kind: 'job', id: job.id }}
          label={words('pictureOf', { name: job.image.name })}
          viewport={seen.viewport}
          onViewport={(viewport) => onChange({ viewport })}
          onAim={onAim}
          surround={seen.ground}
        />
      </div>
      {legend && <ProductLegend url={legend.url} />}
    </section>
  );
}
