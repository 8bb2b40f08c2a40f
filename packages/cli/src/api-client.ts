import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  imagesCreatedSchema,
  jobSchema,
  jobsCreatedSchema,
  mosaicCreatedSchema,
  operationListSchema,
  productCreatedSchema,
  siteSchema,
  uploadedImageSchema,
  type ImageDto,
  type JobDto,
  type mosaicRequestSchema,
  type OperationDto,
  type productRequestSchema,
} from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { z } from 'zod';
import { errorOfText } from './error-of-answer.ts';
import { readEvents } from './event-stream.ts';
import type { KeptUploads } from './upload/kept-uploads.ts';
import { sendResumably } from './upload/send-resumably.ts';

/** Bounds of the wait between two questions whether the site has looked at an image, in milliseconds. */
const FIRST_WAIT = 200;
const LONGEST_WAIT = 3000;

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

/** A product as a client asks for it: what is left out takes the site's defaults. */
export type ProductWish = z.input<typeof productRequestSchema>;

/** A mosaic as a client asks for it. */
export type MosaicWish = z.input<typeof mosaicRequestSchema>;

/** Talks to a Tessera site as one visitor. Throws AppError with the site's code; `details.unreachable` when there is no answer. */
export class ApiClient {
  /** Address of the site without a slash at its end. */
  readonly server: string;
  /** By this the site knows the visitor. */
  cookie = '';
  /** Bytes above which a file is sent so that it can be resumed. */
  #resumableBytes: Promise<number> | undefined;
  readonly #kept: KeptUploads | undefined;

  /** @param kept where large uploads are kept that were begun; undefined: they are begun anew by the next run. */
  constructor(server: string, kept?: KeptUploads) {
    this.server = server.replace(/\/+$/, '');
    this.#kept = kept;
  }

  /** Becomes a visitor before anything is done side by side: each first call would be another one otherwise. */
  async introduce(signal: AbortSignal): Promise<void> {
    if (this.cookie === '') await this.#call('/jobs?limit=1', { signal });
  }

  async operations(signal: AbortSignal): Promise<readonly OperationDto[]> {
    return (await this.#json('/operations', operationListSchema, { signal })).operations;
  }

  /** Sends a file as a stream, whatever its size; a large one goes on where an earlier run was interrupted. */
  async upload(path: string, name: string, signal: AbortSignal): Promise<ImageDto> {
    if ((await stat(path)).size > (await this.#largest(signal))) return this.#uploadLarge(path, name, signal);
    const form = new FormData();
    form.append('image', await openAsBlob(path), name);
    const { images } = await this.#json('/images', imagesCreatedSchema, { method: 'POST', body: form, signal });
    const [image] = images;
    if (!image) throw new AppError('INTERNAL', { details: { reason: 'the site accepted the file without naming it' } });
    return image;
  }

  #largest(signal: AbortSignal): Promise<number> {
    this.#resumableBytes ??= this.#json('/site', siteSchema, { signal }).then(({ limits }) => limits.resumableBytes);
    return this.#resumableBytes;
  }

  async #uploadLarge(path: string, name: string, signal: AbortSignal): Promise<ImageDto> {
    const kept = await this.#kept?.find(path);
    const cookie = kept?.cookie ?? this.cookie;
    const endpoint = `${this.server}/api/v1/uploads`;
    let noted: Promise<void> | undefined;
    const address = await sendResumably(path, {
      endpoint,
      name,
      cookie,
      resume: kept?.address,
      onBegun: (upload) => {
        noted = this.#kept?.keep(path, upload);
      },
      signal,
    });
    await noted;
    try {
      const upload = new URL(address).pathname.split('/').at(-1) ?? '';
      return await this.#imageOf(`/uploads/${upload}/image`, cookie, signal);
    } finally {
      // It is an image now, or refused for good.
      if (!signal.aborted) await this.#kept?.forget(path);
    }
  }

  /** Asks until the site has looked at a complete upload (202: not yet). */
  async #imageOf(path: string, cookie: string, signal: AbortSignal): Promise<ImageDto> {
    for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 1.5)) {
      const response = await this.#call(path, { signal, headers: { cookie } });
      const body = uploadedImageSchema.parse(await response.json());
      if ('id' in body) return body;
      await delay(wait, undefined, { signal });
    }
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

  async product(wish: ProductWish, signal: AbortSignal): Promise<JobDto> {
    const body = JSON.stringify(wish);
    const headers = { 'content-type': 'application/json' };
    return (await this.#json('/products', productCreatedSchema, { method: 'POST', body, headers, signal })).job;
  }

  async mosaic(wish: MosaicWish, signal: AbortSignal): Promise<JobDto> {
    const body = JSON.stringify(wish);
    const headers = { 'content-type': 'application/json' };
    return (await this.#json('/mosaics', mosaicCreatedSchema, { method: 'POST', body, headers, signal })).job;
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

  /** What an operation of a finished job found out, as a stream of JSON. */
  async report(id: string, step: number, signal: AbortSignal): Promise<Readable> {
    const response = await this.#call(`/jobs/${encodeURIComponent(id)}/reports/${String(step)}`, { signal });
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
    if (this.cookie !== '' && !headers.has('cookie')) headers.set('cookie', this.cookie);
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
    if (cookies.length > 0 && !new Headers(init.headers).has('cookie')) this.cookie = cookies.join('; ');
    if (!response.ok) throw errorOfText(response.status, await response.text());
    return response;
  }
}

const reason = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
