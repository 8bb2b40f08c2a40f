import { explainError, type ProblemCode, type Undertaking } from './explain-error.ts';
import styles from './problem.module.css';

interface ProblemProps {
  readonly error: { readonly code: ProblemCode; readonly message: string; readonly requestId?: string | undefined };
  readonly undertaking: Undertaking;
  /** Lines of the folded part besides the code and the id of the request. */
  readonly details?: readonly string[];
}

/** An error in four parts: what happened, what is safe, what can be done, and details to quote. */
export function Problem({ error, undertaking, details = [] }: ProblemProps) {
  const { safe, next } = explainError(error.code, undertaking);
  const lines = [`Code ${error.code}`, ...details, ...(error.requestId ? [`Request ${error.requestId}`] : [])];
  return (
    <div className={styles.problem} role={undertaking === 'submit' ? 'alert' : undefined}>
      <p className={styles.what}>
        <span aria-hidden>✕</span> {error.message}
      </p>
      <p>
        {next} {safe}
      </p>
      <details open={undertaking === 'submit' && details.length > 0}>
        <summary>Details</summary>
        <ul className={styles.details}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
