import '../../theme/mantine-inputs.css';
import { Button, NumberInput } from '@mantine/core';
import { MAX_REDRIVE_RATE, type DeadFilter } from '@tessera/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { DiscardDialog } from './discard-dialog.tsx';
import { useProblemSentence } from './use-problem-sentence.ts';
import { useStartRedrive } from './use-start-redrive.ts';
import styles from './dead-letters.module.css';

interface RedriveControlsProps {
  readonly filter: DeadFilter;
  readonly of: 'group' | 'all';
  readonly jobs: number;
  readonly redrivable: number;
  /** Chosen jobs that can be brought back, and all chosen ones. */
  readonly selected?: readonly string[];
  readonly discardable?: readonly string[];
}

const RATE = 10;

/** What can be done about failed jobs: bring one back to test, some, or all, at a pace; or take them off the list. */
export function RedriveControls({
  filter,
  of,
  jobs,
  redrivable,
  selected = [],
  discardable = [],
}: RedriveControlsProps) {
  const words = useTranslations('ops');
  const [rate, setRate] = useState<number | string>(RATE);
  const [discarding, setDiscarding] = useState(false);
  const start = useStartRedrive();
  const sentence = useProblemSentence();
  const pace = typeof rate === 'number' && rate > 0 ? Math.min(rate, MAX_REDRIVE_RATE) : RATE;
  const order = (wanted: DeadFilter): void => start.mutate({ filter: wanted, rate: pace });
  const none = redrivable === 0;

  return (
    <div className={styles.controls}>
      <div className={styles.buttons}>
        {of === 'group' && (
          <Button variant="default" disabled={none} onClick={() => order({ ...filter, limit: 1 })}>
            {words('redrive.one')}
          </Button>
        )}
        <Button variant={of === 'group' ? 'filled' : 'default'} disabled={none} onClick={() => order(filter)}>
          {words(of === 'group' ? 'redrive.group' : 'redrive.all', { count: redrivable })}
        </Button>
        {selected.length > 0 && (
          <Button variant="default" onClick={() => order({ jobs: [...selected] })}>
            {words('redrive.selected', { count: selected.length })}
          </Button>
        )}
        <Button variant="subtle" color="red" onClick={() => setDiscarding(true)}>
          {words('discard.open')}
        </Button>
      </div>
      <NumberInput
        className={styles.rate}
        size="sm"
        label={words('redrive.rate')}
        value={rate}
        min={0.1}
        max={MAX_REDRIVE_RATE}
        decimalScale={1}
        onChange={setRate}
      />
      {start.error !== null && (
        <p className={styles.problem} role="alert">
          {sentence(start.error, 'redrive')}
        </p>
      )}
      <DiscardDialog
        opened={discarding}
        filter={discardable.length > 0 ? { jobs: [...discardable] } : filter}
        count={discardable.length > 0 ? discardable.length : jobs}
        onClose={() => setDiscarding(false)}
      />
    </div>
  );
}
