import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import {
  errorBodySchema,
  imagesCreatedSchema,
  jobSchema,
  jobsCreatedSchema,
  operationListSchema,
  type ImageDto,
  type JobDto,
  type OperationDto,
} from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { z } from 'zod';
import { readEvents } from './event-stream.ts';

/** A job as a client asks for it. */
export interface JobWish {
  readonly images: readonly string[];
  readonly pipeline: readonly { readonly op: string; readonly params?: unknown }[];
  readonly output: Readonly<Record<string, unknown>>;
  readonly split: string;
  readonly strategy?: string;
  readonly verify: boolean;
  readonly reuse: boolean;
  /** `new` begins a batch, an id joins it. */
  readonly batch?: string;
  readonly webhook?: { readonly url: string; readonly secret?: string };
}

/** Talks to a Tessera site as one visitor. Throws AppError with the site's code; `details.unreachable` when there is no answer. */
export class ApiClient {
  /** Address of the site without a slash at its end. */
  readonly server: string;
  /** By this the site knows the visitor. */
  cookie = '';

  constructor(server: string) {
    this.server = server.replace(/\/+$/, '');
  }

  /** Becomes a visitor before anything is done side by side: each first call would be another one otherwise. */
  async introduce(signal: AbortSignal): Promise<void> {
    if (this.cookie === '') await this.#call('/jobs?limit=1', { signal });
  }

  async operations(signal: AbortSignal): Promise<readonly OperationDto[]> {
    return (await this.#json('/operations', operationListSchema, { signal })).operations;
  }

  /** Sends a file as a stream, whatever its size. */
  async upload(path: string, name: string, signal: AbortSignal): Promise<ImageDto> {
    const form = new FormData();
    form.append('image', await openAsBlob(path), name);
    const { images } = await this.#json('/images', imagesCreatedSchema, { method: 'POST', body: form, signal });
    const [image] = images;
    if (!image) throw new AppError('INTERNAL', { details: { reason: 'the site accepted the file without naming it' } });
    return image;
  }

  async submit(
    wish: JobWish,
    signal: AbortSignal,
  ): Promise<{
    readonly jobs: readonly JobDto[];
    readonly batch?: string | undefined;
    readonly webhook?: { readonly secret: string } | undefined;
  }> {
    const body = JSON.stringify(wish);
    const headers = { 'content-type': 'application/json' };
    return this.#json('/jobs', jobsCreatedSchema, { method: 'POST', body, headers, signal });
  }

  job(id: string, signal: AbortSignal): Promise<JobDto> {
    return this.#json(`/jobs/${encodeURIComponent(id)}`, jobSchema, { signal });
  }

  async cancel(id: string, signal: AbortSignal): Promise<void> {
    await this.#call(`/jobs/${encodeURIComponent(id)}`, { method: 'DELETE', signal });
  }

  /** The finished file as a stream. */
  async result(id: string, signal: AbortSignal): Promise<Readable> {
    const response = await this.#call(`/jobs/${encodeURIComponent(id)}/result`, { signal });
    if (!response.body) throw new AppError('STORE_CORRUPT');
    return Readable.fromWeb(response.body);
  }

  /** Changes of this visitor's jobs, until the signal or the server ends them. */
  async *watch(signal: AbortSignal): AsyncIterable<JobDto> {
    const response = await this.#call('/events', { signal, headers: { accept: 'text/event-stream' } });
    if (!response.body) return;
    for await (const { event, data } of readEvents(response.body)) {
      if (event === 'job') yield jobSchema.parse(JSON.parse(data));
    }
  }

  async #json<Schema extends z.ZodType>(path: string, schema: Schema, init: RequestInit): Promise<z.output<Schema>> {
    const response = await this.#call(path, init);
    return schema.parse(await response.json());
  }

  async #call(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== '') headers.set('cookie', this.cookie);
    let response: Response;
    try {
      response = await fetch(`${this.server}/api/v1${path}`, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted === true) throw new AppError('CANCELLED', { cause: error });
      throw new AppError('BROKER_UNAVAILABLE', {
        message: `The server can not be reached: ${reason(error)}`,
        cause: error,
        details: { unreachable: true },
      });
    }
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    if (cookies.length > 0) this.cookie = cookies.join('; ');
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

const reason = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);

async function errorOf(response: Response): Promise<AppError> {
  const body = errorBodySchema.safeParse(await response.json().catch(() => undefined));
  if (!body.success)
    return new AppError('INTERNAL', { message: `The server answered with status ${response.status}.` });
  const { code, message, requestId, problems } = body.data.error;
  const details = problems?.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
  return new AppError(code, { message: details ? `${message} (${details})` : message, details: { requestId } });
}
