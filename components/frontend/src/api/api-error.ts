import type { ErrorBody, ErrorCode } from '@tessera/contracts';

type Detail = ErrorBody['error'];

/** Why a call to the server did not succeed. */
export class ApiError extends Error {
  /** A code of the error table, or `UNREACHABLE` when no answer of the server arrived. */
  readonly code: ErrorCode | 'UNREACHABLE';
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  readonly requestId: string | undefined;
  readonly problems: NonNullable<Detail['problems']>;
  /** Seconds to wait before another attempt, where the server said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    detail: Omit<Detail, 'code' | 'requestId'> & { code: ApiError['code']; requestId?: string },
    retryAfterSeconds?: number,
  ) {
    super(detail.message);
    this.name = 'ApiError';
    this.code = detail.code;
    this.status = status;
    this.requestId = detail.requestId;
    this.problems = detail.problems ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The error of a call that no server answered. */
export function unreachable(): ApiError {
  return new ApiError(0, { code: 'UNREACHABLE', message: 'The server can not be reached.' });
}

/**
 * Makes an error of an answer with a status of 400 or above. A body in another form than the API's comes from something
 * in between, for example a proxy whose server is down.
 */
export function errorOfAnswer(status: number, body: string, retryAfter: string | null): ApiError {
  const seconds = retryAfter === null ? undefined : Number(retryAfter);
  const wait = seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
  const parsed = parseJson(body);
  if (isErrorBody(parsed)) {
    const { code, message, requestId, problems } = parsed.error;
    return new ApiError(status, { code, message, requestId, ...(problems && { problems }) }, wait);
  }
  if (status === 502 || status === 503 || status === 504) return unreachable();
  return new ApiError(
    status,
    { code: 'INTERNAL', message: `The server answered with status ${String(status)}.` },
    wait,
  );
}

function isErrorBody(value: unknown): value is ErrorBody {
  const { error } = (value ?? {}) as { error?: Partial<ErrorBody['error']> };
  return typeof error?.code === 'string' && typeof error.message === 'string';
}

/** Parses JSON; gives undefined for anything else. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
