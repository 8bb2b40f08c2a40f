import '@mantine/core/styles/Kbd.layer.css';
import { Kbd } from '@mantine/core';
import { useTranslations } from 'use-intl';
import styles from './help.module.css';

const KEYS = [
  [['Ctrl Z', '⌘ Z'], 'undo'],
  [['Ctrl ⇧ Z', '⌘ ⇧ Z'], 'redo'],
  [['← →', 'Page ↑ ↓', 'Home End'], 'handle'],
  [['← ↑ → ↓'], 'pan'],
  [['+', '−', '0'], 'zoom'],
  [['?'], 'say'],
] as const;

/** Every key that does more than keys do by themselves. */
export function KeyTable() {
  const words = useTranslations('help');
  return (
    <table className={styles.keys}>
      <thead>
        <tr>
          <th scope="col">{words('key')}</th>
          <th scope="col">{words('does')}</th>
        </tr>
      </thead>
      <tbody>
        {KEYS.map(([keys, does]) => (
          <tr key={does}>
            <td>
              {keys.map((key) => (
                <Kbd key={key} dir="ltr">
                  {key}
                </Kbd>
              ))}
            </td>
            <td>{words(does)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
