import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { FileName } from './file-name.tsx';
import { focusAfterRemoval } from './focus.ts';
import { joinFacts } from './join-facts.ts';
import type { RefusalGroup } from './refusal-groups.ts';
import styles from './tray.module.css';
import type { UploadTray } from './upload-tray.ts';
import { useRefusalWords } from './use-refusal-words.ts';

/** Names of a group that are shown before all are asked for, and then at most. */
const FEW = 3;
const MANY = 20;

interface RefusalsProps {
  readonly groups: readonly RefusalGroup[];
  readonly tray: UploadTray;
}

/** One message for all files that were not taken: by reason, with what can be done, the files named. */
export function Refusals({ groups, tray }: RefusalsProps) {
  const words = useTranslations('upload');
  const title = useId();
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const removeAll = (): void => {
    for (const { items } of groups) for (const { id } of items) tray.remove(id);
    focusAfterRemoval();
  };
  return (
    <div className={styles.refusals} role="group" aria-labelledby={title}>
      <div className={styles.refusalsHead}>
        <p id={title} className={styles.refusalsTitle}>
          <span aria-hidden>✕ </span>
          {words('refused', { count })}
        </p>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={removeAll}>
          {words('dismiss')}
        </Button>
      </div>
      <ul className={styles.groups}>
        {groups.map((group) => (
          <li key={group.code}>
            <Group group={group} />
          </li>
        ))}
      </ul>
      <p className={styles.facts}>{words('othersGoOn')}</p>
    </div>
  );
}

function Group({ group: { code, items } }: { readonly group: RefusalGroup }) {
  const words = useTranslations('upload');
  const formats = useFormats();
  const explain = useRefusalWords();
  const [all, setAll] = useState(false);
  const list = useId();
  const { what, next } = explain(code);
  const named = items.slice(0, all ? MANY : FEW);
  const requests = items.flatMap(({ error }) => error?.requestId ?? []).slice(0, FEW);
  return (
    <>
      <p>
        <strong>{what}</strong> {next}
      </p>
      <ul id={list} className={styles.names} aria-label={words('notTaken')}>
        {named.map(({ id, name, bytes, error, facts }) => (
          <li key={id} aria-label={name}>
            <FileName name={name} />
            <span className={styles.facts}>
              {joinFacts([
                ...(bytes > 0 ? [formats.bytes(bytes)] : []),
                ...(facts?.width !== undefined && facts.height !== undefined
                  ? [formats.size(facts.width, facts.height)]
                  : []),
                ...(error?.looksLike === undefined ? [] : [words('looksLike', { kind: error.looksLike })]),
              ])}
            </span>
          </li>
        ))}
      </ul>
      {items.length > named.length && !all && (
        <Button size="compact-sm" variant="subtle" aria-controls={list} onClick={() => setAll(true)}>
          {words('andMore', { count: items.length - named.length })}
        </Button>
      )}
      {all && items.length > named.length && (
        <p className={styles.facts}>{words('andOthers', { count: items.length - named.length })}</p>
      )}
      <details className={styles.details}>
        <summary>{words('details')}</summary>
        <bdi dir="ltr">{[code, ...requests].join(' · ')}</bdi>
      </details>
    </>
  );
}
