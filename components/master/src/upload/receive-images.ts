import { AppError } from '@tessera/runtime';
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { watchSpeed, type StallLimits } from '../http/deadline.ts';
import { fromMultipart } from '../http/map-error.ts';
import type { UploadSession } from './upload-session.ts';

export interface FormLimits {
  /** Name of the only field, which holds files. */
  readonly field: string;
  readonly maxFiles: number;
  readonly maxBytes: number;
  readonly stall: StallLimits;
}

/** Bytes of a form besides its files: boundaries and part headers. */
const OVERHEAD = 1024 * 1024;
/** Characters of a field's name. */
const MAX_FIELD_NAME = 100;

/**
 * Reads a multipart form whose files go to `session` as they arrive. Resolves when the last byte is read and all files
 * are through. Rejects as soon as the request can't succeed, even if its body is still arriving.
 *
 * @throws AppError BAD_MULTIPART, UNEXPECTED_FIELD, TOO_MANY_FILES, FILE_TOO_LARGE, REQUEST_TIMEOUT, and what files throw.
 */
export async function receiveImages(
  request: Request,
  response: Response,
  session: UploadSession,
  limits: FormLimits,
): Promise<void> {
  if (Number(request.get('content-length') ?? 0) > limits.maxFiles * limits.maxBytes + OVERHEAD) {
    throw new AppError('FILE_TOO_LARGE');
  }
  if (request.is('multipart/form-data') !== 'multipart/form-data') {
    throw new AppError('BAD_MULTIPART', { message: 'Images are sent as multipart/form-data.' });
  }
  let stop = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const parse = multer({
        storage: engineFor(session, reject),
        defParamCharset: 'utf8',
        limits: {
          files: limits.maxFiles,
          parts: limits.maxFiles,
          fields: 0,
          fieldSize: 0,
          fieldNameSize: MAX_FIELD_NAME,
          fieldNestingDepth: 0,
          fieldArrayIndexLimit: 0,
          headerPairs: 20,
        },
      }).array(limits.field);
      stop = watchSpeed(request, limits.stall, () => reject(new AppError('REQUEST_TIMEOUT')));
      parse(request, response, (error: unknown) => {
        if (error === undefined || error === null) resolve();
        else reject(fromMultipart(error));
      });
    });
  } finally {
    stop();
  }
}

/** Hands each file to the session. Cleaning up is the session's business, for multer forgets files in flight. */
function engineFor(session: UploadSession, fail: (error: unknown) => void): StorageEngine {
  return {
    _handleFile(_request, file, done) {
      session.take(file.originalname, file.stream).then(
        () => {
          // A refused file may be left half-read; the parser waits until all of it is gone.
          file.stream.resume();
          done(null, {});
        },
        (error: unknown) => {
          const reason = fromMultipart(error);
          fail(reason);
          done(reason);
        },
      );
    },
    _removeFile(_request, _file, done) {
      done(null);
    },
  };
}
