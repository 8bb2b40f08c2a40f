import { createHash } from 'node:crypto';
import type { JobDto, TaskDto } from '@tessera/contracts';
import { waitUntil } from '../services/wait-until.ts';

export interface JobWish {
  readonly pipeline: readonly { readonly op: string; readonly params?: Readonly<Record<string, unknown>> }[];
  readonly output: Readonly<Record<string, unknown>>;
  readonly split?: 'auto' | 'always' | 'never';
  readonly strategy?: 'balanced' | 'random';
  readonly verify?: boolean;
  readonly reuse?: boolean;
}

/** A visitor with plain HTTP, as curl would be: what it sees is what anybody sees. */
export class SiteClient {
  readonly #base: string;
  #cookie = '';

  constructor(url: string) {
    this.#base = `${url}/api/v1`;
  }

  /** Name and value by which the site knows this visitor. */
  get cookie(): string {
    return this.#cookie;
  }

  async call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookie !== '') headers.set('cookie', this.#cookie);
    const response = await fetch(`${this.#base}${path}`, { ...init, headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  async json<Body>(path: string, init: RequestInit = {}): Promise<Body> {
    const response = await this.call(path, init);
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as Body;
  }

  /** Uploads one image and gives its id. */
  async upload(bytes: Uint8Array | Blob, name = 'image'): Promise<string> {
    const form = new FormData();
    form.append('image', bytes instanceof Blob ? bytes : new Blob([bytes]), name);
    const { images } = await this.json<{ images: { id: string }[] }>('/images', { method: 'POST', body: form });
    const [image] = images;
    if (!image) throw new Error('no image in the answer');
    return image.id;
  }

  async submit(image: string, wish: JobWish): Promise<JobDto> {
    const body = JSON.stringify({ images: [image], reuse: false, ...wish });
    const headers = { 'content-type': 'application/json' };
    const { jobs } = await this.json<{ jobs: JobDto[] }>('/jobs', { method: 'POST', body, headers });
    const [job] = jobs;
    if (!job) throw new Error('no job in the answer');
    return job;
  }

  job(id: string): Promise<JobDto> {
    return this.json(`/jobs/${id}`);
  }

  async tasks(id: string): Promise<readonly TaskDto[]> {
    return (await this.json<{ tasks: TaskDto[] }>(`/jobs/${id}/tasks`)).tasks;
  }

  /** Waits for the job's end, through any number of refused or failed questions. */
  async ended(id: string, ms = 120_000): Promise<JobDto> {
    let job: JobDto | undefined;
    await waitUntil(
      `job ${id} ends`,
      async () => {
        job = await this.job(id).catch(() => undefined);
        return job !== undefined && ['done', 'failed', 'cancelled'].includes(job.state);
      },
      { ms, every: 150 },
    );
    return job!;
  }

  /** Waits for the job's end by the event stream, with no pause between the change and the answer. */
  async watchUntilDone(id: string): Promise<void> {
    const stop = new AbortController();
    const response = await this.call(`/events?job=${id}`, { signal: stop.signal });
    const decoder = new TextDecoder();
    let text = (await this.job(id)).state === 'done' ? '"state":"done"' : '';
    if (text === '' && response.body) {
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        if (/event: job\ndata: .*"state":"(done|failed)"/.test(text)) break;
      }
    }
    stop.abort();
  }

  async result(id: string): Promise<Uint8Array> {
    const response = await this.call(`/jobs/${id}/result`);
    if (!response.ok) throw new Error(`result: ${String(response.status)}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** SHA-256, lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
