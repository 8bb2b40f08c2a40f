import { MAX_MESSAGE_BYTES } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/**
 * A body as it goes over the wire: JSON in UTF-8, at most `MAX_MESSAGE_BYTES` long.
 *
 * @throws AppError INTERNAL (never retryable) for a body that is longer or that JSON can not hold.
 */
export function encodeBody(body: unknown): Buffer {
  const text = JSON.stringify(body) as string | undefined;
  if (text === undefined) {
    throw new AppError('INTERNAL', { message: 'A message body must be a value that JSON can hold.', retryable: false });
  }
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > MAX_MESSAGE_BYTES) {
    throw new AppError('INTERNAL', {
      message: `A message body of ${String(bytes.length)} bytes is longer than the ${String(MAX_MESSAGE_BYTES)} allowed.`,
      details: { bytes: bytes.length, limit: MAX_MESSAGE_BYTES },
      retryable: false,
    });
  }
  return bytes;
}

/** The value of an encoded body; undefined if it is not JSON, which a value never is. */
export function decodeBody(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}
