import '../../theme/mantine-inputs.css';
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { SITE_QUERY } from '../../api/site.ts';
import { ChoiceInput } from './choice-input.tsx';
import { oneOf, SPLITS, STRATEGIES } from './choices.ts';
import { canSplit, type Draft, type DraftOutput } from './draft.ts';
import styles from './output.module.css';
import { WebhookFields } from './webhook-fields.tsx';

export interface AdvancedProps {
  readonly draft: Draft;
  readonly set: (changes: Partial<DraftOutput>) => void;
}

/** What most people leave as it is. */
export function Advanced({ draft, set }: AdvancedProps) {
  const words = useTranslations('pipeline.output');
  const { data: site } = useQuery(SITE_QUERY);
  return (
    <details className={styles.advanced}>
      <summary>{words('advanced')}</summary>
      <div className={styles.output}>
        {draft.format === 'jpeg' && (
          <ChoiceInput
            label={words('subsampling')}
            hint={words('subsamplingAbout')}
            options={['4:2:0', '4:4:4'].map((value) => ({ value, label: value }))}
            value={draft.subsampling}
            onChange={(value) => set({ subsampling: value === '4:4:4' ? '4:4:4' : '4:2:0' })}
          />
        )}
        <Switch
          label={words('metadata')}
          description={words('metadataAbout')}
          checked={draft.metadata === 'keep'}
          onChange={(event) => set({ metadata: event.currentTarget.checked ? 'keep' : 'strip' })}
        />
        <ChoiceInput
          label={words('split')}
          hint={words('splitAbout')}
          options={[
            { value: 'auto', label: words('auto') },
            { value: 'always', label: words('always'), disabled: !canSplit(draft) },
            { value: 'never', label: words('never') },
          ]}
          value={draft.split}
          onChange={(split) => set({ split: oneOf(SPLITS, split) ?? 'auto' })}
        />
        <Switch
          label={words('verify')}
          description={words('verifyAbout')}
          checked={draft.verify}
          onChange={(event) => set({ verify: event.currentTarget.checked })}
        />
        <ChoiceInput
          label={words('strategy')}
          hint={words('strategyAbout')}
          options={STRATEGIES.map((value) => ({ value, label: words(value) }))}
          value={draft.strategy}
          onChange={(strategy) => set({ strategy: oneOf(STRATEGIES, strategy) ?? 'balanced' })}
        />
        {site?.sendsWebhooks === true && <WebhookFields draft={draft} set={set} />}
      </div>
    </details>
  );
}
