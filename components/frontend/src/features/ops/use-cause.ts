import type { ErrorCode } from '@tessera/contracts';
import { useTranslations } from 'use-intl';

/** Codes for which there is a sentence of their own. */
const KNOWN = [
  'DECODE_TIMEOUT',
  'DECODE_OOM',
  'DECODER_CRASHED',
  'SOURCE_MISSING',
  'SCRATCH_FULL',
  'ATTEMPTS_EXHAUSTED',
  'VERIFY_MISMATCH',
  'CORRUPT_IMAGE',
  'TRUNCATED_IMAGE',
  'STORE_UNAVAILABLE',
  'STORE_CORRUPT',
  'EXECUTOR_UNWILLING',
  'INTERNAL',
] as const satisfies readonly ErrorCode[];

interface Cause {
  readonly sentence: string;
  /** What an operator can do. */
  readonly advice: string;
}

/** Says what an error code means to whoever runs the site. */
export function useCause(): (code: ErrorCode) => Cause {
  const words = useTranslations('ops');
  return (code) => {
    const known = KNOWN.find((one) => one === code) ?? 'other';
    return { sentence: words(`causes.${known}`, { code }), advice: words(`advice.${known}`) };
  };
}
