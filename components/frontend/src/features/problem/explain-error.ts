import { ERROR_CODES, type ErrorCode } from '@tessera/contracts';

export type ProblemCode = ErrorCode | 'UNREACHABLE';

/** What was being done when it happened. */
export type Undertaking = 'upload' | 'submit' | 'job';

const SAFE: Readonly<Record<Undertaking, string>> = {
  upload: 'Your other files are not affected.',
  submit: 'Nothing was started; your images and steps are still here.',
  job: 'The original is kept, and so is every finished region. Other jobs go on.',
};

const NEXT: Readonly<Partial<Record<ProblemCode, string>>> = {
  UNREACHABLE: 'Check the connection and try again.',
  UNSUPPORTED_FORMAT: 'Use a JPEG, PNG, WebP, AVIF, TIFF or GIF file.',
  CORRUPT_IMAGE: 'Open it in the program it comes from and save it again.',
  TRUNCATED_IMAGE: 'Copy or download the file again.',
  FILE_TOO_LARGE: 'Use a smaller file, or ask whoever runs this site for a higher limit.',
  TOO_MANY_PIXELS: 'Use a smaller image, or ask whoever runs this site for a higher limit.',
  INTERLACED_TOO_LARGE: 'Save it without interlacing (PNG) or as a baseline JPEG.',
  TOO_MANY_FRAMES: 'Save the frame you need as an image of its own.',
  TOO_MANY_SCANS: 'Save it as a baseline JPEG.',
  TOO_MANY_CHANNELS: 'Save it as gray or RGB, with or without transparency.',
  OUTPUT_TOO_LARGE: 'Choose PNG or TIFF for the result.',
  VERIFY_TOO_LARGE: 'Switch “Verify” off under Advanced.',
  INVALID_PIPELINE: 'Change what is named below.',
  QUOTA_EXCEEDED: 'Wait until some of your jobs are done, or cancel some.',
  SOURCE_MISSING: 'Drop the image again.',
  ATTEMPTS_EXHAUSTED: 'Try again; if it fails again, tell whoever runs this site the details below.',
};

export interface Explanation {
  /** What was not harmed. */
  readonly safe: string;
  /** What the visitor can do. */
  readonly next: string;
}

/** Adds to an error's message what is safe and what can be done. */
export function explainError(code: ProblemCode, undertaking: Undertaking): Explanation {
  const known = NEXT[code];
  if (known) return { safe: SAFE[undertaking], next: known };
  const retryable = code === 'UNREACHABLE' || ERROR_CODES[code].retryable;
  const next = retryable
    ? 'Try again in a moment.'
    : 'If it happens again, tell whoever runs this site the details below.';
  return { safe: SAFE[undertaking], next };
}
