import { Fragment, type KeyboardEvent } from 'react';
import styles from './catalogue.module.css';
import { EntryCard } from './entry-card.tsx';
import type { Entry } from './search-entries.ts';

export interface CatalogueEntry extends Entry {
  readonly key: string;
  readonly group: string;
  readonly about: string;
  readonly example: string;
  readonly choose: () => void;
}

/** Moves the focus to the neighbour that lies where the arrow points. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const arrow = event.key;
  if (!arrow.startsWith('Arrow')) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entries] button')];
  const from = document.activeElement;
  const index = buttons.findIndex((button) => button === from);
  if (index < 0) {
    if (arrow !== 'ArrowDown') return;
    event.preventDefault();
    buttons[0]?.focus();
    return;
  }
  event.preventDefault();
  const here = buttons[index]?.getBoundingClientRect();
  if (!here) return;
  const sideways = arrow === 'ArrowLeft' || arrow === 'ArrowRight';
  const sign = arrow === 'ArrowRight' || arrow === 'ArrowDown' ? 1 : -1;
  const distances = buttons.flatMap((button) => {
    const { left, top } = button.getBoundingClientRect();
    const [along, across] = sideways ? [left - here.left, top - here.top] : [top - here.top, left - here.left];
    if (along * sign < 4 || (sideways && Math.abs(across) > 4)) return [];
    return [{ button, distance: Math.abs(along) * 1000 + Math.abs(across) }];
  });
  distances.sort((a, b) => a.distance - b.distance);
  const next = distances[0]?.button;
  if (next) next.focus();
  else if (arrow === 'ArrowUp') event.currentTarget.querySelector('input')?.focus();
}

/** Entries in their groups. */
export function EntryGrid({ entries }: { readonly entries: readonly CatalogueEntry[] }) {
  return (
    <div data-entries>
      {[...Map.groupBy(entries, ({ group }) => group)].map(([group, members]) => (
        <Fragment key={group}>
          <h3 className={styles.group}>{group}</h3>
          <ul className={styles.grid} aria-label={group}>
            {members.map(({ key, example, title, about, choose }) => (
              <EntryCard key={key} example={example} title={title} about={about} onChoose={choose} />
            ))}
          </ul>
        </Fragment>
      ))}
    </div>
  );
}
