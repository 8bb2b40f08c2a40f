import { pushEnvelopeSchema } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { z } from 'zod';

/**
 * Reads a request, plain or in a push envelope.
 *
 * @throws AppError BAD_REQUEST that says what is wrong with it.
 */
export function readRequest<Schema extends z.ZodType>(schema: Schema, body: Uint8Array): z.output<Schema> {
  const sent = parseJson(body);
  const envelope = pushEnvelopeSchema.safeParse(sent);
  const given = envelope.success ? parseJson(Buffer.from(envelope.data.message.data, 'base64')) : sent;
  const request = schema.safeParse(given);
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
