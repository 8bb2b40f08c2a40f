import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Catalogue, fetchCatalogue, Output, Steps } from './builder-parts.ts';
import type { Shelf } from './catalogue/use-entries.ts';
import { MOST_STEPS } from './draft.ts';
import { FirstSteps } from './first-steps.tsx';
import { operationList } from './operation-list.ts';
import { PanelHead } from './panel-head.tsx';
import styles from './panel.module.css';
import { useDraft } from './use-draft.ts';

interface PipelinePanelProps {
  /** False until the server has answered once. */
  readonly ready: boolean;
  /** Names of the chosen files. */
  readonly files: readonly string[];
  /** A chosen image has 16 bits a channel. */
  readonly deep: boolean;
  /** Why the preview of a step failed, by the step's id. */
  readonly problems: ReadonlyMap<number, string>;
}

/** Where the pipeline is composed. Its editors are fetched when there is something to compose for. */
export function PipelinePanel({ ready, files, deep, problems }: PipelinePanelProps) {
  const words = useTranslations('pipeline');
  const { draft, change } = useDraft();
  const operations = useQuery({ ...operationList, enabled: ready });
  const [shelf, setShelf] = useState<Shelf>();
  const composing = draft.steps.length > 0 || files.length > 0;
  const list = operations.data;
  const add = useRef<HTMLButtonElement>(null);
  const before = useRef(draft.steps.length);

  useEffect(() => {
    const emptied = before.current > 0 && draft.steps.length === 0;
    before.current = draft.steps.length;
    // Whoever removed the last step goes on with adding one.
    if (emptied && document.activeElement === document.body) add.current?.focus();
  }, [draft.steps.length]);

  return (
    <div className={styles.panel}>
      <PanelHead files={files} />
      <section className={styles.part} aria-label={words('steps')}>
        {draft.steps.length > 0 && (
          <Suspense fallback={<Skeleton height={96 * draft.steps.length} radius="md" />}>
            {list && <Steps operations={list} deep={deep} problems={problems} />}
          </Suspense>
        )}
        {draft.steps.length === 0 && composing && <p className={styles.about}>{words('noStep')}</p>}
        <Button
          ref={add}
          fullWidth
          variant="default"
          className={styles.add}
          disabled={!list || draft.steps.length >= MOST_STEPS}
          leftSection={<IconPlus size={16} />}
          onPointerEnter={fetchCatalogue}
          onFocus={fetchCatalogue}
          onClick={() => setShelf('operations')}
        >
          {words('addStep')}
        </Button>
        {draft.steps.length === 0 && <FirstSteps operations={list ?? []} onShowAll={() => setShelf('presets')} />}
      </section>
      {composing && (
        <section className={styles.part} aria-label={words('output.title')}>
          <h3 className={styles.subtitle}>{words('output.title')}</h3>
          <Suspense fallback={<Skeleton height={150} radius="md" />}>
            <Output draft={draft} change={change} deep={deep} />
          </Suspense>
        </section>
      )}
      {shelf && list && (
        <Suspense>
          <Catalogue operations={list} shelf={shelf} onClose={() => setShelf(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
