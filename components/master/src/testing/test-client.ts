import type { ErrorBody, ImageDto, JobDto } from '@tessera/contracts';

export interface JsonAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A visitor: keeps the cookie it is given. */
export class TestClient {
  readonly url: string;
  cookie: string | undefined;

  constructor(url: string) {
    this.url = url;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== undefined) headers.set('cookie', this.cookie);
    const response = await fetch(this.url + path, { ...init, headers });
    const [given] = response.headers.getSetCookie();
    if (given !== undefined) this.cookie = given.split(';')[0];
    return response;
  }

  async json<Body = ErrorBody>(path: string, init: RequestInit = {}): Promise<JsonAnswer<Body>> {
    const response = await this.fetch(path, init);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }

  post<Body = ErrorBody>(path: string, body: unknown): Promise<JsonAnswer<Body>> {
    return this.json<Body>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  upload<Body = ErrorBody>(
    ...files: readonly (readonly [name: string, bytes: Uint8Array])[]
  ): Promise<JsonAnswer<Body>> {
    const form = new FormData();
    for (const [name, bytes] of files) form.append('image', new Blob([Uint8Array.from(bytes)]), name);
    return this.json<Body>('/api/v1/images', { method: 'POST', body: form });
  }

  /** Uploads one file that is accepted. */
  async image(bytes: Uint8Array, name = 'photo.png'): Promise<ImageDto> {
    const { status, body } = await this.upload<{ images: ImageDto[] }>([name, bytes]);
    const image = body.images[0];
    if (status !== 201 || image === undefined) throw new Error(JSON.stringify(body));
    return image;
  }

  /** Submits one job that is accepted. */
  async job(image: string, request: Readonly<Record<string, unknown>> = {}): Promise<JobDto> {
    const { status, body } = await this.post<{ jobs: JobDto[] }>('/api/v1/jobs', {
      images: [image],
      pipeline: [{ op: 'invert' }],
      output: { format: 'png' },
      ...request,
    });
    const job = body.jobs[0];
    if (status !== 202 || job === undefined) throw new Error(JSON.stringify(body));
    return job;
  }

  async ended(job: string): Promise<JobDto> {
    for (;;) {
      const { body } = await this.json<JobDto>(`/api/v1/jobs/${job}`);
      if (['done', 'failed', 'cancelled'].includes(body.state)) return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
