import type { ReactNode } from 'react';
import styles from './ops.module.css';

interface FiguresProps {
  readonly figures: readonly { readonly name: string; readonly value: ReactNode; readonly note?: ReactNode }[];
}

/** A few figures side by side. */
export function Figures({ figures }: FiguresProps) {
  return (
    <dl className={styles.facts}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {note !== undefined && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
