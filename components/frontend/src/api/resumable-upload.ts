import type { ImageDto } from '@tessera/contracts';
import type { DetailedError, HttpResponse, Upload } from 'tus-js-client';
import { loadPatiently } from './load-patiently.ts';
import { ApiError, errorOfAnswer, parseJson, unreachable } from './api-error.ts';
import { API } from './request.ts';
import type { UploadOptions } from './upload-image.ts';

/** Bytes of one request: small enough that a proxy between takes it, large enough that the pauses cost nothing. */
const CHUNK = 32 * 1024 * 1024;
/** Bounds of the wait between two questions whether the server has looked at the image, in milliseconds. */
const FIRST_WAIT = 300;
const LONGEST_WAIT = 3000;

export interface ResumableOptions extends UploadOptions {
  /** Address of an upload begun before, which goes on from its offset. */
  readonly resume: string | undefined;
  /** Told the address as soon as there is one. */
  readonly onAddress: (address: string) => void;
}

/**
 * Sends one file so that it can be interrupted at any byte and go on later, by the protocol tus. What was begun under
 * `resume` and is no longer kept is begun anew.
 *
 * @throws ApiError with the server's code, or `UNREACHABLE`.
 */
export async function uploadResumably(file: File, options: ResumableOptions): Promise<ImageDto> {
  // Only those need it who send something large.
  const tus = await loadPatiently(() => import('tus-js-client'));
  const { signal, onProgress, onAddress, resume } = options;
  signal.throwIfAborted();
  let last: HttpResponse | undefined;
  const address = await new Promise<string>((resolve, reject) => {
    const upload: Upload = new tus.Upload(file, {
      endpoint: `${API}/uploads`,
      uploadUrl: resume ?? null,
      chunkSize: CHUNK,
      metadata: { filename: file.name },
      // How long to wait, and how often, is decided for all uploads together.
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        if (upload.url) onAddress(upload.url);
      },
      onProgress: (sent, total) => {
        onProgress(total > 0 ? sent / total : 0);
      },
      onAfterResponse: (_request, response) => {
        last = response;
      },
      onError: (error) => {
        reject(errorOf(error));
      },
      onSuccess: () => {
        resolve(upload.url ?? '');
      },
    });
    signal.addEventListener(
      'abort',
      () => {
        void upload.abort();
        reject(unreachable());
      },
      { once: true },
    );
    upload.start();
  });
  return imageIn(last?.getBody()) ?? (await waitForImage(`${address}/image`, signal));
}

/** Tells the server that an upload will not go on, so that it need not keep what came. */
export async function forgetUpload(address: string): Promise<void> {
  // Where it can not be told, the upload runs out by itself.
  await fetch(address, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => undefined);
}

function errorOf(error: Error | DetailedError): ApiError {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  if (!answer) return unreachable();
  return errorOfAnswer(answer.getStatus(), answer.getBody(), answer.getHeader('retry-after') ?? null);
}

/** The image in an answer; undefined where there is none yet. */
function imageIn(body: string | undefined): ImageDto | undefined {
  const answer = parseJson(body ?? '') as ImageDto | { readonly pending: true } | undefined;
  return answer && 'id' in answer ? answer : undefined;
}

/** Asks until the server has looked at the image (202: not yet). */
async function waitForImage(address: string, signal: AbortSignal): Promise<ImageDto> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 1.5)) {
    const answer = await fetch(address, { signal }).catch(() => {
      throw unreachable();
    });
    const body = await answer.text();
    if (answer.status >= 400) throw errorOfAnswer(answer.status, body, answer.headers.get('retry-after'));
    const image = answer.status === 202 ? undefined : imageIn(body);
    if (image) return image;
    if (answer.status !== 202) throw new ApiError(answer.status, { code: 'INTERNAL', message: 'Unknown answer.' });
    await new Promise((resolve) => setTimeout(resolve, wait));
    signal.throwIfAborted();
  }
}
