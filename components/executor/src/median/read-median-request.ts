import { medianRequestSchema, pushEnvelopeSchema, type MedianRequest } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/**
 * Reads a request, plain or in a push envelope.
 *
 * @throws AppError BAD_REQUEST that says what is wrong with it.
 */
export function readMedianRequest(body: Uint8Array): MedianRequest {
  const sent = parseJson(body);
  const envelope = pushEnvelopeSchema.safeParse(sent);
  const given = envelope.success ? parseJson(Buffer.from(envelope.data.message.data, 'base64')) : sent;
  const request = medianRequestSchema.safeParse(given);
  if (request.success) return request.data;
  const [issue] = request.error.issues;
  throw new AppError('BAD_REQUEST', { message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError('BAD_REQUEST', { message: 'The request is no JSON.', cause: error });
  }
}
