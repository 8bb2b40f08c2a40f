import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { CompareSlider } from '../viewer/compare-slider.tsx';
import { DeepZoom } from '../viewer/deep-zoom.tsx';
import { SideBySide } from '../viewer/side-by-side.tsx';
import { useZoomGroup } from '../viewer/zoom-group.ts';
import { BlinkStage } from './blink-stage.tsx';
import { DifferenceStage } from './difference-stage.tsx';
import type { ResultSearch } from './result-search.ts';

export interface ResultStageProps {
  readonly job: JobDto;
  readonly seen: ResultSearch;
  readonly onChange: (changes: Partial<ResultSearch>) => void;
  /** Told of the part that the visitor moves to, before it is seen; undefined: the whole picture. */
  readonly onAim: (viewport: ResultSearch['viewport']) => void;
}

/** The result and its source, of any size, looked at in one of several ways; only what is in view is fetched. */
export function ResultStage({ job, seen, onChange, onAim }: ResultStageProps) {
  const words = useTranslations('result');
  const compare = useTranslations('viewer.compare');
  const group = useZoomGroup();
  const { name } = job.image;
  const view = {
    viewport: seen.viewport,
    onViewport: (viewport: ResultSearch['viewport']): void => onChange({ viewport }),
    onAim,
    surround: seen.ground,
  };
  const before = { source: { kind: 'image', id: job.image.id }, label: words('sourceOf', { name }) } as const;
  const after = { source: { kind: 'job', id: job.id }, label: words('resultOf', { name }) } as const;
  const source = <DeepZoom {...before} {...view} group={group} />;
  const result = <DeepZoom {...after} {...view} group={group} controls={false} />;

  switch (seen.view) {
    case 'slider':
      return (
        <CompareSlider
          before={source}
          after={result}
          position={seen.at}
          onPosition={(at) => onChange({ at })}
          label={words('handle', { name })}
          grip="track"
        />
      );
    case 'side':
      return (
        <SideBySide
          {...view}
          before={{ ...before, caption: compare('before') }}
          after={{ ...after, caption: compare('after') }}
        />
      );
    case 'blink':
      return <BlinkStage below={source} above={result} />;
    case 'difference':
      return <DifferenceStage below={source} above={result} />;
    case 'result':
      return <DeepZoom {...after} {...view} />;
  }
}
