import { ERROR_CODES, type ErrorCode } from '@tessera/contracts/error-code';

export interface AppErrorOptions {
  /** The sentence that may be shown to anybody; default: the table's. */
  readonly message?: string;
  /** Facts for logs only, never shown. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Overrides what the table says of trying again. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

const BRAND = Symbol.for('tessera.AppError');

/** The one error of the system: a code of the table, a public message, and facts for whoever debugs. */
export class AppError extends Error {
  readonly [BRAND] = true;
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? ERROR_CODES[code].message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
    this.details = options.details ?? {};
  }

  /** Works across duplicated packages and realms, unlike `instanceof`. */
  static is(value: unknown): value is AppError {
    return value instanceof Error && BRAND in value;
  }

  /** Gives AppErrors back as they are and wraps anything else. */
  static from(value: unknown, code: ErrorCode = 'INTERNAL'): AppError {
    return AppError.is(value) ? value : new AppError(code, { cause: value });
  }
}
