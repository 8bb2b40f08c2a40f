import { setTimeout as delay } from 'node:timers/promises';
import type { UploadedImageDto } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { Metadata, TUS_RESUMABLE } from '@tus/server';
import type { Request, Response } from 'express';
import type { ByteBudget } from '../http/byte-budget.ts';
import { cutOff } from '../http/cut-off.ts';
import { watchSpeed, type StallLimits } from '../http/deadline.ts';
import { errorBody } from '../http/error-answer.ts';
import { addressOf } from '../http/rate-limit.ts';
import { imageDto } from '../jobs/image-dto.ts';
import type { FinishedUpload, UploadFinisher } from '../upload/resumable/finish-uploads.ts';
import type { TusExchange, TusOutcome } from '../upload/resumable/tus-exchange.ts';
import type { UploadIds } from '../upload/resumable/upload-ids.ts';
import type { HandlersOf } from './parts.ts';

/** Milliseconds that a client waits for a file to be looked at before it is told to ask again. */
const PATIENCE = 5000;
const EXTENSIONS = 'creation,creation-with-upload,termination,expiration';

export interface ResumableParts {
  readonly ids: UploadIds;
  readonly tus: TusExchange;
  readonly finisher: UploadFinisher;
  readonly budget: ByteBudget;
  readonly stall: StallLimits;
  readonly maxBytes: number;
}

type Ids =
  'describeUploads' | 'createUpload' | 'getUploadOffset' | 'appendUpload' | 'removeUpload' | 'getUploadedImage';

export function uploadHandlers(parts: ResumableParts): HandlersOf<Ids> {
  const { ids, tus, finisher, maxBytes } = parts;

  /** An upload of this visitor. @throws AppError NOT_FOUND if it is another's or nobody's. */
  const own = (upload: string, visitor: string): FinishedUpload => {
    const image = ids.imageOf(upload, visitor);
    if (image === undefined) throw new AppError('NOT_FOUND');
    return { upload, image, visitor };
  };

  /** What a complete upload became; the status is 202 as long as it is not known. */
  const become = async (response: Response, finished: FinishedUpload): Promise<UploadedImageDto> => {
    const looking = finisher.finish(finished);
    looking.catch(() => undefined);
    const image = await Promise.race([looking, delay(PATIENCE, undefined)]);
    if (image !== undefined) return imageDto(image);
    response.status(202).setHeader('Retry-After', '1');
    return { pending: true };
  };

  /** Receives what the body holds; if that was the last of it, answers with what it became. */
  const receive = async (request: Request, response: Response, upload: FinishedUpload): Promise<void> => {
    const { complete } = await metered(parts, request, () =>
      tus.handle(request, response, upload.upload, upload.visitor),
    );
    if (complete) {
      response.status(response.statusCode === 201 ? 201 : 200);
      const image = await become(response, upload);
      response.json(image);
    } else if (!request.complete) {
      // It gives way to another request, or the master stops.
      response.end();
      cutOff(request);
    }
  };

  return {
    describeUploads({ response }) {
      response.set({
        'Tus-Resumable': TUS_RESUMABLE,
        'Tus-Version': TUS_RESUMABLE,
        'Tus-Extension': EXTENSIONS,
        'Tus-Max-Size': String(maxBytes),
      });
    },

    async createUpload({ request, response, visitor }) {
      if (refusesVersion(request, response)) return;
      checkCreation(request, maxBytes);
      await receive(request, response, own(ids.issue(visitor()), visitor()));
    },

    async getUploadOffset({ params, request, response, visitor }) {
      const { upload } = own(params.upload, visitor());
      if (!refusesVersion(request, response)) await tus.handle(request, response, upload, visitor());
    },

    async appendUpload({ params, request, response, visitor }) {
      const upload = own(params.upload, visitor());
      if (!refusesVersion(request, response)) await receive(request, response, upload);
    },

    async removeUpload({ params, request, response, visitor }) {
      const { upload } = own(params.upload, visitor());
      if (!refusesVersion(request, response)) await tus.handle(request, response, upload, visitor());
    },

    getUploadedImage: ({ params, response, visitor }) => become(response, own(params.upload, visitor())),
  };
}

/** Counts what a request may bring before it does, takes back what it did not, and cuts it off when it stalls. */
async function metered(
  { budget, stall, maxBytes }: ResumableParts,
  request: Request,
  run: () => Promise<TusOutcome>,
): Promise<TusOutcome> {
  const address = addressOf(request);
  const declared = Number(request.get('content-length') ?? (request.get('transfer-encoding') ? maxBytes : 0));
  const { socket } = request;
  const before = socket.bytesRead;
  budget.spend(address, declared);
  // Whoever is cut off asks for the offset and goes on from there.
  const stop = watchSpeed(request, stall, () => request.destroy());
  let received = 0;
  try {
    const outcome = await run();
    received = outcome.offset === undefined ? 0 : outcome.offset - Number(request.get('upload-offset') ?? 0);
    return outcome;
  } catch (error) {
    received = socket.bytesRead - before;
    throw error;
  } finally {
    stop();
    budget.giveBack(address, Math.max(0, declared - received));
  }
}

/** Answers 412 to clients of another version of the protocol, as it says; tells whether it did. */
function refusesVersion(request: Request, response: Response): boolean {
  if (request.get('tus-resumable') === TUS_RESUMABLE) return false;
  const error = new AppError('BAD_REQUEST', { message: `Uploads are made by tus ${TUS_RESUMABLE}.` });
  const requestId = String(response.getHeader('X-Request-Id') ?? '');
  response.status(412).setHeader('Tus-Version', TUS_RESUMABLE).json(errorBody(error, requestId));
  cutOff(request);
  return true;
}

/** @throws AppError BAD_REQUEST without a length or a name, FILE_TOO_LARGE. */
function checkCreation(request: Request, maxBytes: number): void {
  const length = request.get('upload-length') ?? '';
  if (!/^\d{1,15}$/.test(length)) throw new AppError('BAD_REQUEST', { message: 'An upload needs its Upload-Length.' });
  if (Number(length) > maxBytes) throw new AppError('FILE_TOO_LARGE');
  const { filename } = metadataOf(request.get('upload-metadata'));
  if (filename === undefined || filename === null) {
    throw new AppError('BAD_REQUEST', { message: 'An upload needs a filename in its Upload-Metadata.' });
  }
}

function metadataOf(header: string | undefined): Readonly<Record<string, string | null>> {
  try {
    return header === undefined ? {} : Metadata.parse(header);
  } catch (cause) {
    throw new AppError('BAD_REQUEST', { message: 'The Upload-Metadata is not well-formed.', cause });
  }
}
