import type { ImageDto, imagesCreatedSchema } from '@tessera/contracts';
import type * as z from 'zod';
import { errorOfAnswer, parseJson, unreachable } from './api-error.ts';
import { imageOfAnswer } from './image-of-answer.ts';
import { API } from './request.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Told the share of the file that was sent, 0–1. */
  readonly onProgress: (share: number) => void;
}

function readAnswer(answer: XMLHttpRequest): ImageDto {
  if (answer.status >= 400)
    throw errorOfAnswer(answer.status, answer.responseText, answer.getResponseHeader('retry-after'));
  const body = parseJson(answer.responseText) as z.output<typeof imagesCreatedSchema> | undefined;
  return imageOfAnswer(body, answer.status);
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
        resolve(readAnswer(call));
      } catch (error) {
        reject(error instanceof Error ? error : unreachable());
      }
    });
    call.open('POST', `${API}/images`);
    call.send(form);
  });
}
