import { ERROR_CODES, type ErrorCode } from '@tessera/contracts';
import { useLocale, useTranslations } from 'use-intl';

export type ProblemCode = ErrorCode | 'UNREACHABLE';

/** What was being done when it happened. */
export type Undertaking = 'upload' | 'submit' | 'job';

export interface ProblemError {
  readonly code: ProblemCode;
  /** The server's sentence, in English. */
  readonly message: string;
  readonly requestId?: string | undefined;
}

export interface Explanation {
  readonly what: string;
  /** What was not harmed. */
  readonly safe: string;
  /** What the visitor can do. */
  readonly next: string;
}

/** Whether the same may succeed later without a change by the visitor. */
export function mayPass(code: ProblemCode): boolean {
  return code === 'UNREACHABLE' || ERROR_CODES[code].retryable;
}

/** Says in the visitor's language what happened, what is safe, and what can be done. */
export function useExplanation(): (error: ProblemError, undertaking: Undertaking) => Explanation {
  const words = useTranslations('problem');
  const locale = useLocale();
  return ({ code, message }, undertaking) => {
    const next = `next.${code}` as 'next.UNREACHABLE';
    return {
      // The server's own sentence tells more, such as figures, but only in its language.
      what: locale === 'en' ? message : words(`what.${code}`),
      // The original of a job is safe, unless it is what was lost.
      safe: words(code === 'SOURCE_MISSING' ? 'safe.SOURCE_MISSING' : `safe.${undertaking}`),
      next: words.has(next) ? words(next) : words(mayPass(code) ? 'again' : 'tell'),
    };
  };
}
