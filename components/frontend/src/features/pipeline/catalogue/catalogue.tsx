import '../../../theme/mantine-inputs.css';
import { SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OperationDto } from '@tessera/contracts';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { savedPipelines } from '../../../api/saved-pipelines.ts';
import { announce } from '../../../app/announce.ts';
import { CatalogueWords } from '../catalogue-words.tsx';
import { Dialog } from '../dialog.tsx';
import { MOST_STEPS } from '../draft.ts';
import { useDraft } from '../use-draft.ts';
import styles from './catalogue.module.css';
import { EntryGrid, moveFocus } from './entry-grid.tsx';
import { searchEntries } from './search-entries.ts';
import { useEntries, type Shelf } from './use-entries.ts';

const SHELVES: readonly Shelf[] = ['operations', 'presets', 'saved'];

export interface CatalogueProps {
  readonly operations: readonly OperationDto[];
  /** What is shown first. */
  readonly shelf: Shelf;
  readonly onClose: () => void;
}

/** All operations, ready pipelines and the visitor's own, each with a picture, to be searched and taken. */
export function Catalogue(props: CatalogueProps) {
  return (
    <CatalogueWords>
      <Shelves {...props} />
    </CatalogueWords>
  );
}

function Shelves({ operations, shelf: first, onClose }: CatalogueProps) {
  const words = useTranslations('pipeline.catalogue');
  const steps = useTranslations('pipeline.step');
  const [shelf, setShelf] = useState(first);
  const [query, setQuery] = useState('');
  const { draft, change } = useDraft();
  const saved = useQuery(savedPipelines);
  const entries = useEntries({
    operations,
    saved: saved.data ?? [],
    change,
    onTaken: (title) => {
      const place = Math.min(draft.steps.length + 1, MOST_STEPS);
      if (shelf === 'operations') announce(steps('added', { title, place }), 'steps');
      onClose();
    },
  });
  const found = searchEntries(entries[shelf], query);

  return (
    <Dialog title={words('title')} size="large" onClose={onClose}>
      <div className={styles.catalogue} onKeyDown={moveFocus}>
        <div className={styles.tools}>
          <TextInput
            className={styles.search}
            type="search"
            aria-label={words('search')}
            placeholder={words('placeholder')}
            leftSection={<IconSearch size={16} />}
            value={query}
            data-autofocus
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || query.trim() === '') return;
              // The key would press the button that has the focus once the window is closed.
              event.preventDefault();
              found[0]?.choose();
            }}
          />
          <SegmentedControl
            className={styles.shelves}
            aria-label={words('list')}
            data={SHELVES.map((value) => ({ value, label: words(value) }))}
            value={shelf}
            onChange={(value) => setShelf(SHELVES.find((known) => known === value) ?? 'operations')}
          />
        </div>
        <p className={styles.hint}>{shelf === 'operations' ? words('exampleAbout') : words('replaces')}</p>
        <div className={styles.entries}>
          {shelf === 'saved' && saved.data?.length === 0 && <p className={styles.none}>{words('noSaved')}</p>}
          {entries[shelf].length > 0 && found.length === 0 && (
            <p className={styles.none}>{words('none', { query: query.trim() })}</p>
          )}
          <EntryGrid entries={found} />
        </div>
      </div>
    </Dialog>
  );
}
