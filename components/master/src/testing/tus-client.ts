import type { ErrorBody, UploadedImageDto } from '@tessera/contracts';
import { until } from './until.ts';
import type { TestClient } from './test-client.ts';

export type TusBody = UploadedImageDto & Partial<ErrorBody>;

export interface TusAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where there is none. */
  readonly body: TusBody | undefined;
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Speaks tus for a visitor, one request at a time. */
export class TusClient {
  readonly #client: TestClient;

  constructor(client: TestClient) {
    this.#client = client;
  }

  async send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: RequestInit['body'],
  ): Promise<TusAnswer> {
    const init = {
      method,
      headers: { 'tus-resumable': '1.0.0', ...headers },
      ...(body === undefined ? {} : { body, duplex: 'half' as const }),
    };
    const response = await this.#client.fetch(path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as TusBody),
    };
  }

  create(bytes: number, name = 'photo.png'): Promise<TusAnswer> {
    return this.send('POST', '/api/v1/uploads', {
      'upload-length': String(bytes),
      'upload-metadata': `filename ${base64(name)}`,
    });
  }

  /** Creates an upload, and gives its address. */
  async begin(bytes: number, name?: string): Promise<string> {
    const { status, headers, body } = await this.create(bytes, name);
    const location = headers.get('location');
    if (status !== 201 || location === null) throw new Error(JSON.stringify([status, body]));
    return location;
  }

  append(path: string, offset: number, body: Uint8Array | ReadableStream): Promise<TusAnswer> {
    return this.send(
      'PATCH',
      path,
      { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body,
    );
  }

  async offset(path: string): Promise<number> {
    const { status, headers } = await this.send('HEAD', path);
    if (status !== 200) throw new Error(`HEAD answered ${status}`);
    return Number(headers.get('upload-offset'));
  }

  image(path: string): Promise<TusAnswer> {
    return this.send('GET', `${path}/image`);
  }

  /** What became of an upload, as soon as it was looked at: a busy machine says 202 for a while. */
  async lookedAt(path: string): Promise<TusAnswer> {
    let answer = await this.image(path);
    await until(async () => {
      if (answer.status === 202) answer = await this.image(path);
      return answer.status !== 202;
    }, 45_000);
    return answer;
  }
}
