import { useId, type ReactNode } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** Its place in the order in which people go through the page. */
  readonly number: number;
  readonly children: ReactNode;
}

/** A titled card of the composer. */
export function Section({ title, number, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 className={styles.title}>
        <span className={styles.number} aria-hidden>
          {number}
        </span>
        <span id={id}>{title}</span>
      </h2>
      {children}
    </section>
  );
}
