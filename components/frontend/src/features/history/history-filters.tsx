import '../../theme/mantine-inputs.css';
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconLayoutGrid, IconList, IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { isNarrowed, STATE_CHOICES, type HistorySearch, type StateChoice } from './history-search.ts';
import styles from './history.module.css';

/** Milliseconds without a key until the search begins. */
const PAUSE = 250;

interface HistoryFiltersProps {
  readonly search: HistorySearch;
  readonly onChange: (search: HistorySearch) => void;
}

/** Narrows the history: words, state, days; and chooses rows or cards. */
export function HistoryFilters({ search, onChange }: HistoryFiltersProps) {
  const words = useTranslations('history.filters');
  const [typed, setTyped] = useState(search.q ?? '');
  const [unfolded, setUnfolded] = useState(false);
  const [known, setKnown] = useState(search.q);
  // The address changed by itself: by a link, or by going back.
  if (known !== search.q) {
    setKnown(search.q);
    if ((search.q ?? '') !== typed.trim()) setTyped(search.q ?? '');
  }
  const change = (changes: { readonly [Name in keyof HistorySearch]?: HistorySearch[Name] | undefined }): void => {
    const next = Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined && value !== '');
    onChange(Object.fromEntries(next));
  };
  const find = useDebouncedCallback((q: string) => change({ q }), PAUSE);

  // Where there is room all is shown; elsewhere what is set can not be hidden.
  const isOpen = unfolded || [search.state, search.from, search.to].some((value) => value !== undefined);

  return (
    <search className={styles.filters} aria-label={words('name')} data-open={isOpen || undefined}>
      <TextInput
        className={styles.search}
        type="search"
        label={words('search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        maxLength={200}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          find(event.currentTarget.value.trim());
        }}
      />
      <Button
        className={styles.unfold}
        variant="default"
        aria-expanded={isOpen}
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={() => setUnfolded(!isOpen)}
      >
        {words('more')}
      </Button>
      <NativeSelect
        className={styles.choice}
        label={words('state')}
        value={search.state ?? ''}
        data={[
          { value: '', label: words('states.all') },
          ...STATE_CHOICES.map((value) => ({ value, label: words(`states.${value}`) })),
        ]}
        onChange={(event) => change({ state: event.currentTarget.value as StateChoice })}
      />
      <TextInput
        className={styles.field}
        type="date"
        label={words('from')}
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => change({ from: event.currentTarget.value })}
      />
      <TextInput
        className={styles.field}
        type="date"
        label={words('to')}
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      {isNarrowed(search) && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() => onChange(search.as ? { as: search.as } : {})}
        >
          {words('clear')}
        </Button>
      )}
      <SegmentedControl
        className={styles.view}
        aria-label={words('as')}
        value={search.as ?? 'list'}
        onChange={(as) => change({ as: as === 'grid' ? as : undefined })}
        data={[
          { value: 'list', label: <ViewLabel icon={<IconList size={17} aria-hidden />} words={words('list')} /> },
          { value: 'grid', label: <ViewLabel icon={<IconLayoutGrid size={17} aria-hidden />} words={words('grid')} /> },
        ]}
      />
    </search>
  );
}

function ViewLabel({ icon, words }: { readonly icon: React.ReactNode; readonly words: string }) {
  return (
    <span className={styles.chip}>
      {icon} {words}
    </span>
  );
}
