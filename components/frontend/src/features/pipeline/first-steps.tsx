import { Button } from '@mantine/core';
import { PRESETS, type OperationDto, type Preset } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { ExamplePicture } from './catalogue/example-picture.tsx';
import { usePresetTitles } from './catalogue/use-preset-titles.ts';
import { draftStepsOf } from './draft.ts';
import styles from './panel.module.css';
import { useDraft } from './use-draft.ts';

/** Shown where there is room for few. */
const FIRST = ['pencil-drawing', 'clean-scan', 'sharpen', 'grayscale'];
const presets = FIRST.flatMap((id): Preset[] => PRESETS.filter((preset) => preset.id === id));

interface FirstStepsProps {
  readonly operations: readonly OperationDto[];
  readonly onShowAll: () => void;
}

/** Some ready pipelines, for those who come with none. */
export function FirstSteps({ operations, onShowAll }: FirstStepsProps) {
  const words = useTranslations('pipeline');
  const { change } = useDraft();
  const titleOf = usePresetTitles(operations);
  return (
    <>
      <p className={styles.about}>{words('firstAbout')}</p>
      <ul className={styles.presets} aria-label={words('allPresets')}>
        {presets.map((preset) => (
          <li key={preset.id}>
            <button
              type="button"
              className={styles.preset}
              onClick={() => change({ type: 'load', steps: draftStepsOf(preset.pipeline) })}
            >
              <ExamplePicture id={preset.id} />
              {titleOf(preset)}
            </button>
          </li>
        ))}
      </ul>
      <Button variant="subtle" size="compact-sm" className={styles.all} onClick={onShowAll}>
        {words('allPresets')}
      </Button>
    </>
  );
}
