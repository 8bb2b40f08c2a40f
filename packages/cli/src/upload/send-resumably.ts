import { createReadStream } from 'node:fs';
import { AppError } from '@tessera/runtime/app-error';
import { Upload, type DetailedError } from 'tus-js-client';
import { errorOfText } from '../error-of-answer.ts';
import type { KeptUpload } from './kept-uploads.ts';

/** Bytes of one request: small enough that a proxy between takes it, large enough that the pauses cost nothing. */
const CHUNK = 32 * 1024 * 1024;
/** Milliseconds before each try after a failed one; what arrives in between begins the row anew. */
const RETRIES = [500, 1000, 2000, 4000, 8000, 16_000];

export interface ResumableSend {
  /** Where uploads are begun. */
  readonly endpoint: string;
  readonly name: string;
  readonly cookie: string;
  /** An upload begun before; where it is not known any more, another is begun. */
  readonly resume: string | undefined;
  /** Told where the upload goes on as soon as that is known. */
  readonly onBegun: (upload: KeptUpload) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file by tus, so that it may be interrupted at any byte; gives the address of the complete upload.
 *
 * @throws AppError with the site's code; `details.unreachable` when there is no answer; CANCELLED.
 */
export async function sendResumably(path: string, send: ResumableSend): Promise<string> {
  const { endpoint, name, cookie, resume, onBegun, signal } = send;
  // Only its path is read; tus opens the file for each request.
  const file = createReadStream(path);
  file.on('error', () => undefined);
  try {
    return await new Promise<string>((resolve, reject) => {
      const upload: Upload = new Upload(file, {
        endpoint,
        uploadUrl: resume ?? null,
        chunkSize: CHUNK,
        metadata: { filename: name },
        headers: cookie === '' ? {} : { cookie },
        retryDelays: RETRIES,
        storeFingerprintForResuming: false,
        onUploadUrlAvailable: () => {
          if (upload.url) onBegun({ address: upload.url, cookie });
        },
        onError: (error) => reject(errorOf(error)),
        onSuccess: () => resolve(upload.url ?? ''),
      });
      const stop = (): void => {
        void upload.abort();
        reject(new AppError('CANCELLED'));
      };
      if (signal.aborted) stop();
      else upload.start();
      signal.addEventListener('abort', stop, { once: true });
    });
  } finally {
    file.destroy();
  }
}

function errorOf(error: Error | DetailedError): AppError {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  if (answer) return errorOfText(answer.getStatus(), answer.getBody());
  return new AppError('BROKER_UNAVAILABLE', {
    message: `The server can not be reached: ${error.message}`,
    cause: error,
    details: { unreachable: true },
  });
}
