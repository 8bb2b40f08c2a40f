import { outputFormatSchema, type OutputFormat } from '@tessera/contracts';
import type { Dispatch } from 'react';
import { Advanced } from './advanced.tsx';
import { ChoiceInput } from './choice-input.tsx';
import { canSplit, hasQuality, type Draft, type DraftChange } from './draft.ts';
import { NumberParameter } from './number-parameter.tsx';
import styles from './pipeline.module.css';
import type { NumberField } from './field.ts';

const FORMATS: readonly { readonly value: OutputFormat; readonly label: string }[] = [
  { value: 'png', label: 'PNG' },
  { value: 'jpeg', label: 'JPEG' },
  { value: 'webp', label: 'WebP' },
  { value: 'avif', label: 'AVIF' },
  { value: 'tiff', label: 'TIFF' },
];

const QUALITY: NumberField = {
  kind: 'number',
  name: 'quality',
  label: 'Quality',
  hint: '',
  fallback: 85,
  min: 1,
  max: 100,
  step: 1,
  integer: true,
  notMultipleOf: undefined,
};

interface OutputEditorProps {
  readonly draft: Draft;
  readonly change: Dispatch<DraftChange>;
}

/** The form of the result. */
export function OutputEditor({ draft, change }: OutputEditorProps) {
  const set = (changes: Extract<DraftChange, { type: 'output' }>['changes']): void =>
    change({ type: 'output', changes });
  return (
    <div className={styles.output}>
      <ChoiceInput
        label="Format"
        options={FORMATS}
        value={draft.format}
        onChange={(format) => set({ format: outputFormatSchema.catch('png').parse(format) })}
      />
      {!canSplit(draft.format) && <p className={styles.hint}>This format is made on one machine.</p>}
      {hasQuality(draft.format) && (
        <NumberParameter
          field={QUALITY}
          value={draft.quality}
          onChange={(quality) => {
            if (typeof quality === 'number') set({ quality: Math.min(100, Math.max(1, Math.round(quality))) });
          }}
        />
      )}
      <Advanced draft={draft} set={set} />
    </div>
  );
}
