import { useDebouncedValue } from '@mantine/hooks';
import { MAX_PREVIEW_SIDE, type ImageDto, type Size, type StepInput } from '@tessera/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ApiError } from '../../../api/api-error.ts';
import { thumbnailUrl } from '../../../api/zoom.ts';
import { CompareSlider } from '../../viewer/compare-slider.tsx';
import { BeforeLayers } from './before-layers.tsx';
import { Layer } from './layer.tsx';
import { PreviewTools } from './preview-tools.tsx';
import styles from './preview.module.css';
import { useMoves } from './use-moves.ts';
import { usePick } from './use-pick.ts';
import { usePreview, type ShownPreview } from './use-preview.ts';
import { useShownPipeline } from './use-shown-pipeline.ts';
import { useStageSize } from './use-stage-size.ts';
import { useStepShares } from './use-step-shares.ts';
import { useView } from './use-view.ts';
import { useWheelZoom } from './use-wheel-zoom.ts';
import { place, visibleRegion, type View } from './view.ts';

/** Milliseconds that a part is looked at until it is asked for. */
const SETTLED = 120;

/** How large a result is, and of which pipeline. */
interface ResultOf {
  readonly size: Size;
  readonly key: string;
}

interface PreviewStageProps {
  readonly image: ImageDto;
  readonly thumbnail: string | undefined;
  /** Undefined while a value can not be used. */
  readonly pipeline: readonly StepInput[] | undefined;
  /** Told why the newest preview failed, and when it did not. */
  readonly onError: (error: ApiError | undefined) => void;
}

/**
 * The image as it is and as the pipeline makes it, with a handle between: the part that is looked at, as on the
 * screen. A result of another shape is shown by itself, with the image small beside it.
 */
export function PreviewStage({ image, thumbnail, pipeline: whole, onError }: PreviewStageProps) {
  const words = useTranslations('pipeline.preview');
  const [measure, stage] = useStageSize();
  const [position, setPosition] = useState(50);
  const area = useRef<HTMLDivElement>(null);
  const pipeline = useShownPipeline(whole);
  const moves = useMoves(pipeline);
  const [result, setResult] = useState<ResultOf>();
  // Of another shape, the result is looked at by itself; as long as its size is not known, all of it is asked for.
  const key = JSON.stringify(pipeline);
  const picture = moves ? (result?.size ?? image) : image;
  const isKnown = !moves || result?.key === key;
  const { view, isFitted, onKeyDown, onPointer, zoomAt, ...go } = useView(picture, stage);
  useWheelZoom(area, zoomAt);
  const { wish, onPress, onRelease } = usePick(area, picture, view, stage);

  const visible = stage && visibleRegion(view, picture, stage);
  const longest = visible ? Math.max(visible.width, visible.height) * view.scale * window.devicePixelRatio : 0;
  const room = isKnown || !stage ? longest : Math.max(stage.width, stage.height) * window.devicePixelRatio;
  const side = Math.round(Math.min(MAX_PREVIEW_SIDE, Math.max(16, room)));
  const isPart = !moves || (isKnown && !isFitted);
  const part = visible && { ...(isPart ? { region: visible } : {}), side };
  const [settled] = useDebouncedValue(part && JSON.stringify(part), SETTLED);
  // A part of what the steps made before need not be there in what they make now.
  const looked = isPart || !part ? settled : JSON.stringify(part);
  const asked = looked === undefined ? undefined : (JSON.parse(looked) as NonNullable<typeof part>);

  const works = pipeline !== undefined && pipeline.length > 0;
  const order = asked && works ? { image: image.id, ...asked, pipeline } : undefined;
  const { shown, current, error } = usePreview(order);
  const steps = useStepShares(shown);
  useEffect(() => onError(error), [error, onError]);
  useEffect(() => {
    if (shown?.result) setResult({ size: shown.result, key: JSON.stringify(shown.order.pipeline) });
  }, [shown]);

  const compared = shown !== undefined && pipeline?.length !== 0;
  const at = stage && { view, stage };
  const afterLayer = ({ url, region }: ShownPreview, place: { view: View; stage: Size }) => (
    <Layer url={url} region={region} alt={words('image', { side: words('after'), name: image.name })} {...place} />
  );
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
      {at && visible && !(moves && compared) && (
        <BeforeLayers image={image} thumbnail={thumbnail} visible={visible} {...at} />
      )}
      {at && moves && compared && afterLayer(shown, at)}
    </div>
  );
  const after = at && compared && !moves && (
    <div className={styles.layers} data-view>
      {afterLayer(shown, at)}
    </div>
  );
  const mark =
    wish &&
    stage &&
    place(
      { x: (wish.point.x / 100) * picture.width, y: (wish.point.y / 100) * picture.height, width: 0, height: 0 },
      view,
      stage,
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
        data-picks={wish ? true : undefined}
        {...onPointer}
        onPointerDownCapture={onPress}
        onPointerUpCapture={onRelease}
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
            {moves && compared && (
              <figure className={styles.inset}>
                <img src={thumbnailUrl({ kind: 'image', id: image.id }, 256)} alt="" />
                <figcaption dir="auto">{words('before')}</figcaption>
              </figure>
            )}
          </div>
        )}
        {mark && (
          <span className={styles.marks} dir="ltr" aria-hidden>
            <span className={styles.mark} style={{ left: mark.x, top: mark.y }} />
          </span>
        )}
      </div>
      <PreviewTools
        scale={view.scale}
        isFitted={isFitted}
        go={go}
        note={{
          isEmpty: whole?.length === 0,
          isWaiting: !pipeline,
          isCut: pipeline?.length !== whole?.length,
          error,
          exact: current ? shown?.exact : undefined,
          steps,
        }}
      />
    </div>
  );
}
