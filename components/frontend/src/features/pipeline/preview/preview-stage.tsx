import { useDebouncedValue } from '@mantine/hooks';
import { MAX_PREVIEW_SIDE, type ImageDto, type StepInput } from '@tessera/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ApiError } from '../../../api/api-error.ts';
import { CompareSlider } from '../../viewer/compare-slider.tsx';
import { BeforeLayers } from './before-layers.tsx';
import { Layer } from './layer.tsx';
import { PreviewTools } from './preview-tools.tsx';
import styles from './preview.module.css';
import { usePreview } from './use-preview.ts';
import { useStageSize } from './use-stage-size.ts';
import { useView } from './use-view.ts';
import { useWheelZoom } from './use-wheel-zoom.ts';
import { visibleRegion } from './view.ts';

/** Milliseconds that a part is looked at until it is asked for. */
const SETTLED = 120;

interface PreviewStageProps {
  readonly image: ImageDto;
  readonly thumbnail: string | undefined;
  /** Undefined while a value can not be used. */
  readonly pipeline: readonly StepInput[] | undefined;
  /** Told why the newest preview failed, and when it did not. */
  readonly onError: (error: ApiError | undefined) => void;
}

/** The image as it is and as the pipeline makes it, with a handle between: the part that is looked at, as on the screen. */
export function PreviewStage({ image, thumbnail, pipeline, onError }: PreviewStageProps) {
  const words = useTranslations('pipeline.preview');
  const [measure, stage] = useStageSize();
  const [position, setPosition] = useState(50);
  const area = useRef<HTMLDivElement>(null);
  const { view, isFitted, onKeyDown, onPointer, zoomAt, ...go } = useView(image, stage);
  useWheelZoom(area, zoomAt);

  const visible = stage && visibleRegion(view, image, stage);
  const longest = visible ? Math.max(visible.width, visible.height) * view.scale * window.devicePixelRatio : 0;
  const side = Math.round(Math.min(MAX_PREVIEW_SIDE, Math.max(16, longest)));
  const part = visible && { region: visible, side };
  const [settled] = useDebouncedValue(part && JSON.stringify(part), SETTLED);
  const asked = settled === undefined ? undefined : (JSON.parse(settled) as NonNullable<typeof part>);

  const works = pipeline !== undefined && pipeline.length > 0;
  const order = asked && works ? { image: image.id, ...asked, pipeline } : undefined;
  const { shown, current, error } = usePreview(order);
  useEffect(() => onError(error), [error, onError]);

  const compared = shown !== undefined && pipeline?.length !== 0;
  const at = stage && { view, stage };
  const before = (
    <div className={styles.layers} data-view ref={measure}>
      <div
        className={styles.keys}
        tabIndex={0}
        role="application"
        aria-label={words('view')}
        aria-description={words('keys')}
        onKeyDown={onKeyDown}
      />
      {at && visible && <BeforeLayers image={image} thumbnail={thumbnail} visible={visible} {...at} />}
    </div>
  );
  const after = at && compared && (
    <div className={styles.layers} data-view>
      <Layer
        url={shown.url}
        region={shown.region}
        alt={words('image', { side: words('after'), name: image.name })}
        {...at}
      />
    </div>
  );
  return (
    <div className={styles.preview}>
      <div
        ref={area}
        className={styles.area}
        role="group"
        aria-label={words('of', { name: image.name })}
        data-busy={(works && !error && !current) || undefined}
        data-current={current || undefined}
        {...onPointer}
      >
        <span className={styles.working} aria-hidden />
        {after ? (
          <CompareSlider
            before={before}
            after={after}
            position={position}
            onPosition={setPosition}
            label={words('handle')}
            grip="track"
          />
        ) : (
          <div className={styles.alone} dir="ltr">
            {before}
          </div>
        )}
      </div>
      <PreviewTools
        scale={view.scale}
        isFitted={isFitted}
        go={go}
        note={{
          isEmpty: pipeline?.length === 0,
          isWaiting: !pipeline,
          error,
          exact: current ? shown?.exact : undefined,
        }}
      />
    </div>
  );
}
