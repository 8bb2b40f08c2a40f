import { useLocale, useTranslations } from 'use-intl';
import styles from './problem.module.css';
import { useExplanation, type ProblemError, type Undertaking } from './use-explanation.ts';

interface ProblemProps {
  readonly error: ProblemError;
  readonly undertaking: Undertaking;
  /** Lines of the folded part besides the code and the id of the request. */
  readonly details?: readonly string[];
}

/** An error in four parts: what happened, what is safe, what can be done, and details to quote. */
export function Problem({ error, undertaking, details = [] }: ProblemProps) {
  const words = useTranslations('problem');
  const locale = useLocale();
  const { what, safe, next } = useExplanation()(error, undertaking);
  const lines = [
    words('code', { code: error.code }),
    ...(locale === 'en' ? [] : [words('said', { message: error.message })]),
    ...details,
    ...(error.requestId ? [words('request', { id: error.requestId })] : []),
  ];
  return (
    <div className={styles.problem} role={undertaking === 'submit' ? 'alert' : undefined}>
      <p className={styles.what}>
        <span aria-hidden>✕</span> {what}
      </p>
      <p>
        {next} {safe}
      </p>
      <details open={undertaking === 'submit' && details.length > 0}>
        <summary>{words('details')}</summary>
        <ul className={styles.details}>
          {lines.map((line) => (
            <li key={line}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
