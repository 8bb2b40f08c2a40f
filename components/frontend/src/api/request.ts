import type * as z from 'zod';
import { ApiError, errorOfAnswer, unreachable } from './api-error.ts';

/** Where the API lives, relative to the page. */
export const API = '/api/v1';

async function send(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(`${API}${path}`, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw unreachable();
  });
  if (answer.ok) return answer;
  throw errorOfAnswer(answer.status, await answer.text(), answer.headers.get('retry-after'));
}

/**
 * Calls the API. The answer has the type of its schema in the contracts; it is not checked again here, for the server
 * has made it by the same schema, and the checking would be a quarter of what a first visit has to fetch.
 *
 * @throws ApiError with the code of the server, `UNREACHABLE`, or `INTERNAL` for an answer that is no JSON.
 */
export async function request<Schema extends z.ZodType>(
  path: string,
  init: RequestInit = {},
): Promise<z.output<Schema>> {
  const answer = await send(path, init);
  try {
    return (await answer.json()) as z.output<Schema>;
  } catch {
    throw new ApiError(answer.status, {
      code: 'INTERNAL',
      message:
        'The server answered in a form this page does not know. Reload the page: it may be older than the server.',
    });
  }
}

/** Calls the API where the answer has no body. */
export async function requestNothing(path: string, init: RequestInit): Promise<void> {
  await send(path, init);
}

/** Calls the API where the answer is a file. */
export async function requestBlob(path: string, init: RequestInit): Promise<{ blob: Blob; headers: Headers }> {
  const answer = await send(path, init);
  return { blob: await answer.blob(), headers: answer.headers };
}

/** A body of JSON for `request`. */
export function jsonBody(value: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
