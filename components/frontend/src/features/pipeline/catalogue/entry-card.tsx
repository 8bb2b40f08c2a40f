import { ExamplePicture } from './example-picture.tsx';
import styles from './catalogue.module.css';

interface EntryCardProps {
  /** Whose example is shown. */
  readonly example: string;
  readonly title: string;
  readonly about: string;
  readonly onChoose: () => void;
}

/** One thing of the catalogue that can be taken. */
export function EntryCard({ example, title, about, onChoose }: EntryCardProps) {
  return (
    <li>
      <button type="button" className={styles.entry} aria-label={title} aria-description={about} onClick={onChoose}>
        <ExamplePicture id={example} />
        <span className={styles.entryTitle}>{title}</span>
        <span className={styles.entryAbout}>{about}</span>
      </button>
    </li>
  );
}
