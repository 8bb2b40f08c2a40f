import { isErrorCode, type TaskMessage } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { Agent, request } from 'undici';
import * as z from 'zod';

/** Bytes of an answer that are read. */
const MAX_ANSWER_BYTES = 16 * 1024;

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string().max(1000) }) });

/** Workers answer when they are done: it is the signal that ends waiting. */
const patient = new Agent({
  headersTimeout: 0,
  bodyTimeout: 0,
  connect: { timeout: 10_000 },
  maxHeaderSize: 16 * 1024,
});

/** Done, or why not; retryable where the same or another worker may do it yet. */
export type Answer = 'done' | AppError;

/**
 * Asks a worker to do a task, and waits for it. Redirects are not followed: the token is for this worker.
 *
 * @throws what the signal does.
 */
export async function postTask(
  { worker, token, message }: { readonly worker: string; readonly token: string; readonly message: TaskMessage },
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const { statusCode, body } = await request(`${worker.replace(/\/$/, '')}/tasks`, {
      method: 'POST',
      dispatcher: patient,
      signal,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    const text = await readSome(body);
    return statusCode === 204 ? 'done' : refusal(statusCode, text);
  } catch (cause) {
    return new AppError('INTERNAL', { message: 'The worker does not answer.', cause });
  }
}

/** Why a task is not done: 429 and 5xx may pass. */
function refusal(status: number, text: string): AppError {
  const retryable = status === 429 || status >= 500;
  const told = refusalSchema.safeParse(parsed(text));
  const { code, message } = told.success ? told.data.error : { code: '', message: `The worker answered ${status}.` };
  // Its token or address is wrong, or it is no worker: that says nothing of the task.
  if (status === 401 || status === 403 || !isErrorCode(code))
    return new AppError('INTERNAL', { message, retryable: true });
  return new AppError(code, { message, retryable });
}

async function readSome(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
