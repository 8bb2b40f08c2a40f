import { useTranslations } from 'use-intl';
import styles from './history.module.css';

interface JobCheckProps {
  readonly name: string;
  readonly checked: boolean;
  /** `range`: the visitor held Shift, to choose all since the last one. */
  readonly onChange: (checked: boolean, range: boolean) => void;
}

/** Chooses a job of a list. */
export function JobCheck({ name, checked, onChange }: JobCheckProps) {
  const words = useTranslations('history');
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        aria-label={words('choose', { name })}
        checked={checked}
        onChange={(event) => {
          const native = event.nativeEvent as MouseEvent;
          onChange(event.currentTarget.checked, native.shiftKey);
        }}
      />
    </label>
  );
}
