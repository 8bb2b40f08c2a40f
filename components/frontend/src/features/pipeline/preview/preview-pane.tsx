import { Suspense } from 'react';
import { useTranslations } from 'use-intl';
import type { StepInput } from '@tessera/contracts';
import type { ApiError } from '../../../api/api-error.ts';
import { isRaster, type UploadItem } from '../../upload/upload-item.ts';
import { ViewerWords } from '../../viewer/viewer-words.tsx';
import styles from './preview.module.css';
import { latePart } from '../../../app/late-part.ts';
import { RasterPane } from './raster-pane.tsx';

/** Heavy: fetched when the first image is there, when its thumbnail is shown already. */
const PreviewStage = latePart(async () => (await import('./preview-stage.tsx')).PreviewStage);

export interface PreviewPaneProps {
  readonly item: UploadItem;
  readonly pipeline: readonly StepInput[] | undefined;
  readonly onError: (error: ApiError | undefined) => void;
}

/** The chosen image with its preview; its thumbnail until the server has it. */
export function PreviewPane({ item, pipeline, onError }: PreviewPaneProps) {
  const words = useTranslations('pipeline.preview');
  const { image, thumbnail, state, name } = item;
  if (isRaster(item)) return <RasterPane />;
  const waiting = (
    <div className={styles.waiting} role="group" aria-label={words('of', { name })}>
      {thumbnail && <img src={thumbnail} alt="" />}
      <p>{words(state === 'refused' ? 'refused' : 'uploading')}</p>
    </div>
  );
  if (!image) return waiting;
  return (
    <Suspense fallback={waiting}>
      <ViewerWords>
        <PreviewStage key={image.id} image={image} thumbnail={thumbnail} pipeline={pipeline} onError={onError} />
      </ViewerWords>
    </Suspense>
  );
}
