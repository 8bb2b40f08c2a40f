import { imagesCreatedSchema, type ImageDto } from '@tessera/contracts';
import { ApiError, errorOfAnswer, parseJson, unreachable } from './api-error.ts';
import { API } from './request.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Told the share of the file that was sent, 0–1. */
  readonly onProgress: (share: number) => void;
}

function imageOfAnswer(answer: XMLHttpRequest): ImageDto {
  if (answer.status >= 400)
    throw errorOfAnswer(answer.status, answer.responseText, answer.getResponseHeader('retry-after'));
  const parsed = imagesCreatedSchema.safeParse(parseJson(answer.responseText));
  const [image] = parsed.data?.images ?? [];
  if (image) return image;
  const [refused] = parsed.data?.refused ?? [];
  throw new ApiError(
    answer.status,
    refused ?? { code: 'INTERNAL', message: 'The server answered in a form this page does not know.' },
  );
}

/**
 * Sends one file. By XMLHttpRequest, because fetch does not tell how much of a body was sent.
 * @throws ApiError with the server's code, or `UNREACHABLE`.
 */
export function uploadImage(file: File, { signal, onProgress }: UploadOptions): Promise<ImageDto> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const form = new FormData();
    form.append('image', file, file.name);
    const abort = (): void => {
      call.abort();
    };
    signal.addEventListener('abort', abort, { once: true });
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    call.addEventListener('loadend', () => {
      signal.removeEventListener('abort', abort);
      try {
        if (call.status === 0) throw unreachable();
        resolve(imageOfAnswer(call));
      } catch (error) {
        reject(error instanceof Error ? error : unreachable());
      }
    });
    call.open('POST', `${API}/images`);
    call.send(form);
  });
}
