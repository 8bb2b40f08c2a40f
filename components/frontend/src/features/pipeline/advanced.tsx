import { Switch } from '@mantine/core';
import { splitSchema } from '@tessera/contracts';
import { ChoiceInput } from './choice-input.tsx';
import { canSplit, type Draft, type DraftChange } from './draft.ts';
import styles from './pipeline.module.css';

interface AdvancedProps {
  readonly draft: Draft;
  readonly set: (changes: Extract<DraftChange, { type: 'output' }>['changes']) => void;
}

/** What most people leave as it is. */
export function Advanced({ draft, set }: AdvancedProps) {
  return (
    <details className={styles.advanced}>
      <summary>Advanced</summary>
      <div className={styles.output}>
        {draft.format === 'jpeg' && (
          <ChoiceInput
            label="Chroma subsampling"
            hint="4:2:0 makes smaller files, 4:4:4 keeps fine coloured detail."
            options={['4:2:0', '4:4:4'].map((value) => ({ value, label: value }))}
            value={draft.subsampling}
            onChange={(value) => set({ subsampling: value === '4:4:4' ? '4:4:4' : '4:2:0' })}
          />
        )}
        <ChoiceInput
          label="Split over machines"
          hint="The result is the same either way, pixel for pixel."
          options={[
            { value: 'auto', label: 'Auto' },
            { value: 'always', label: 'Always', disabled: !canSplit(draft.format) },
            { value: 'never', label: 'Never' },
          ]}
          value={draft.split}
          onChange={(split) => set({ split: splitSchema.catch('auto').parse(split) })}
        />
        <Switch
          label="Verify"
          description="Computes the result a second time, unsplit, and fails the job on any difference."
          checked={draft.verify}
          onChange={(event) => set({ verify: event.currentTarget.checked })}
        />
      </div>
    </details>
  );
}
