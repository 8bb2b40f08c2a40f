import type { OutputFormat } from '@tessera/contracts';
import { Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { latePart } from '../../app/late-part.ts';
import { Advanced } from './advanced.tsx';
import { FORMATS, oneOf } from './choices.ts';
import { ChoiceInput } from './choice-input.tsx';
import { canSplit, defaultQuality, hasQuality, type Draft, type DraftOutput } from './draft.ts';
import type { HistoryChange } from './draft-history.ts';
import type { NumberField } from './field.ts';
import { FORMAT_NAMES } from './format-names.ts';
import { NumberParameter } from './number-parameter.tsx';
import styles from './output.module.css';

export interface OutputEditorProps {
  readonly draft: Draft;
  readonly change: (change: HistoryChange) => void;
  /** An image has 16 bits a channel. */
  readonly deep: boolean;
}

const DepthInput = latePart(async () => (await import('./depth/depth-input.tsx')).DepthInput);
const ResultShapeInput = latePart(async () => (await import('./result-shape.tsx')).ResultShapeInput);

type Meaning = 'best' | 'good' | 'small' | 'rough';

/** What a quality of 1–100 looks like; AVIF keeps more at the same number. */
function meaningOf(format: OutputFormat, quality: number): Meaning {
  const same = format === 'avif' ? quality + 22 : quality;
  if (same >= 92) return 'best';
  if (same >= 75) return 'good';
  return same >= 45 ? 'small' : 'rough';
}

/** The form of the result. */
export function OutputEditor({ draft, change, deep }: OutputEditorProps) {
  const words = useTranslations('pipeline.output');
  const { format, quality } = draft;
  const set = (changes: Partial<DraftOutput>): void => change({ type: 'output', changes });
  const field: NumberField = {
    kind: 'number',
    name: 'quality',
    label: words('quality'),
    hint: words(meaningOf(format, quality)),
    fallback: defaultQuality(format),
    min: 1,
    max: 100,
    step: 1,
    integer: true,
    notMultipleOf: undefined,
  };
  return (
    <div className={styles.output}>
      <ChoiceInput
        label={words('format')}
        hint={[words(`formats.${format}`), ...(canSplit(draft) ? [] : [words('oneMachine')])].join(' ')}
        options={FORMATS.map((value) => ({ value, label: FORMAT_NAMES[value] }))}
        value={format}
        onChange={(chosen) => set({ format: oneOf(FORMATS, chosen) ?? 'png' })}
      />
      <Suspense>
        <ResultShapeInput draft={draft} set={set} />
        {deep && <DepthInput draft={draft} set={set} />}
      </Suspense>
      {hasQuality(format) && (
        <NumberParameter
          field={field}
          value={quality}
          onChange={(value) => {
            if (typeof value === 'number') set({ quality: Math.min(100, Math.max(1, Math.round(value))) });
          }}
          onEnd={() => change({ type: 'seal' })}
        />
      )}
      <Advanced draft={draft} set={set} />
    </div>
  );
}
