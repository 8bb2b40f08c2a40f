import { AppError } from '@tessera/runtime';
import { Server, TUS_RESUMABLE, type DataStore, type Locker } from '@tus/server';
import type { Request, Response } from 'express';
import { NodeRequest } from 'srvx/node';
import { displayName } from '../display-name.ts';
import { fromStatus, fromTus } from './tus-error.ts';

/** Headers of the protocol; whatever else the tus server would answer, as for other origins, is left out. */
const HEADERS = ['Upload-Offset', 'Upload-Length', 'Upload-Metadata', 'Upload-Expires', 'Location', 'Connection'];

export interface TusParts {
  readonly path: string;
  readonly datastore: DataStore;
  readonly locker: Locker;
  readonly maxBytes: number;
}

/** What is known of one request while it is handled. */
interface Exchange {
  readonly upload: string;
  readonly visitor: string;
  complete: boolean;
  error?: AppError;
}

/** What the protocol's part of a request came to; `complete`: the last byte of the file is there. */
export interface TusOutcome {
  readonly complete: boolean;
  /** `Upload-Offset` of the answer. */
  readonly offset: number | undefined;
}

/** Speaks tus 1.0 for uploads that have their ids, and whose visitors are known, from outside. */
export class TusExchange {
  readonly #server: Server;
  readonly #exchanges = new WeakMap<object, Exchange>();

  constructor({ path, datastore, locker, maxBytes }: TusParts) {
    this.#server = new Server({
      path,
      datastore,
      locker,
      maxSize: maxBytes,
      relativeLocation: true,
      allowedOrigins: () => false,
      // What a request that gives way has received is stored at once.
      lockDrainTimeout: 1,
      namingFunction: (request) => this.#of(request).upload,
      getFileIdFromRequest: (request) => this.#of(request).upload,
      onUploadCreate: (request, { metadata }) => {
        const filename = displayName(metadata?.filename ?? '');
        return Promise.resolve({ metadata: { filename, visitor: this.#of(request).visitor } });
      },
      onUploadFinish: (request) => {
        this.#of(request).complete = true;
        return Promise.resolve({});
      },
      onResponseError: (request, error) => {
        this.#of(request).error = fromTus(error);
        return undefined;
      },
    });
  }

  /**
   * Handles a request and sets status and headers of its answer, which the caller ends.
   *
   * @throws AppError BAD_REQUEST, CONFLICT (wrong offset), FILE_TOO_LARGE, QUOTA_EXCEEDED, UPLOAD_GONE, and what the stores throw.
   */
  async handle(request: Request, response: Response, upload: string, visitor: string): Promise<TusOutcome> {
    response.setHeader('Tus-Resumable', TUS_RESUMABLE);
    const exchange: Exchange = { upload, visitor, complete: false };
    const asked = new NodeRequest({ req: request, res: response });
    this.#exchanges.set(asked, exchange);
    const answer = await this.#server.handleWeb(asked);
    if (answer.status === 412) response.setHeader('Tus-Version', TUS_RESUMABLE);
    if (answer.status >= 400) throw exchange.error ?? fromStatus(answer.status, await answer.text());
    for (const name of HEADERS) {
      const value = answer.headers.get(name);
      if (value !== null && !response.headersSent) response.setHeader(name, value);
    }
    response.status(answer.status);
    const offset = answer.headers.get('Upload-Offset');
    return { complete: exchange.complete, offset: offset === null ? undefined : Number(offset) };
  }

  #of(request: object): Exchange {
    const exchange = this.#exchanges.get(request);
    if (exchange === undefined) throw new AppError('INTERNAL');
    return exchange;
  }
}
