import { AppError, refusedCertificate } from '@tessera/runtime';

/** An error of a request, and whether the same request may succeed if it is sent again. */
export interface Failure {
  readonly error: AppError;
  readonly transient: boolean;
}

/** Bytes changed or got lost on the way to the server. */
const DAMAGED = new Set(['BadDigest', 'IncompleteBody', 'InvalidDigest', 'XAmzContentSHA256Mismatch']);
/** Statuses that say "later", and names that do so whatever their status. */
const LATER_STATUSES = new Set([408, 425, 429]);
const LATER_NAMES = new Set([
  'ConditionalRequestConflict',
  'OperationAborted',
  'RequestTimeTooSkewed',
  'RequestTimeout',
]);

/** Translates what the AWS SDK throws; this is the only place that knows S3's names and statuses. */
export function s3Failure(error: unknown, key: string): Failure {
  if (AppError.is(error)) return { error, transient: error.code === 'STORE_UNAVAILABLE' };
  const refused = refusedCertificate(error);
  if (refused !== undefined) {
    const details = { key, certificate: refused };
    return { error: new AppError('STORE_UNAVAILABLE', { details, cause: error }), transient: false };
  }
  const { name, status } = answerOf(error);
  const details = { key, name, ...(status === undefined ? {} : { status }) };
  const fail = (code: ConstructorParameters<typeof AppError>[0], transient = false): Failure => ({
    error: new AppError(code, { details, cause: error }),
    transient,
  });
  if (DAMAGED.has(name)) return fail('STORE_CORRUPT', true);
  if (LATER_NAMES.has(name)) return fail('STORE_UNAVAILABLE', true);
  switch (name) {
    case 'NoSuchKey':
    case 'NotFound':
      return fail('NOT_FOUND');
    // Of servers that keep folders; also said for a moment while a neighbour's last object is deleted.
    case 'ExistingObjectIsDirectory':
    case 'ObjectParentIsFile':
      return fail('CONFLICT', true);
    case 'EntityTooLarge':
      return fail('FILE_TOO_LARGE');
  }
  // 412: an object changed between two reads of it.
  if (status === 412) return fail('STORE_CORRUPT');
  if (status === 416) return fail('RANGE_NOT_SATISFIABLE');
  // No status: the network. 2xx and 3xx: an answer that could not be understood.
  const transient = status === undefined || status < 400 || status >= 500 || LATER_STATUSES.has(status);
  return fail('STORE_UNAVAILABLE', transient);
}

/** Tells whether an error says that a multipart upload does not exist (any more). */
export function isNoSuchUpload(error: unknown): boolean {
  return AppError.is(error) && error.details.name === 'NoSuchUpload';
}

function answerOf(error: unknown): { name: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: 'unknown', status: undefined };
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return { name: error.name, status: typeof status === 'number' ? status : undefined };
}
