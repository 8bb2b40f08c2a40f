import {
  catalogueChangesSchema,
  catalogueRecordsTakenSchema,
  type CatalogueChanges,
  type CatalogueRecord,
} from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { checkUrl, inTime, pinnedAgent, type UrlAccess } from '@tessera/runtime/outbound';
import { request } from 'undici';
import type { z } from 'zod';

/** Milliseconds for one request. */
const TIMEOUT = 30_000;
/** Bytes of an answer: two hundred records of the greatest size, and some. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export interface CentralOptions {
  /** Address of the central site. */
  readonly url: string;
  readonly token: string;
  readonly access: UrlAccess;
}

/**
 * Asks a central site. It is the one that the operator names, wherever its name leads; nothing else is connected to, and
 * redirects are not followed.
 */
export class CentralClient {
  readonly #options: CentralOptions;

  constructor(options: CentralOptions) {
    this.#options = options;
  }

  /** @throws AppError URL_UNREACHABLE, URL_REFUSED. */
  changes(after: number, signal: AbortSignal): Promise<CatalogueChanges> {
    return this.#ask('GET', `changes?after=${String(after)}`, undefined, catalogueChangesSchema, signal);
  }

  /** @throws AppError URL_UNREACHABLE, URL_REFUSED; UNAUTHORIZED, FORBIDDEN, BAD_REQUEST where the central site says so. */
  tell(records: readonly CatalogueRecord[], signal: AbortSignal): Promise<z.infer<typeof catalogueRecordsTakenSchema>> {
    return this.#ask('POST', 'records', JSON.stringify({ records }), catalogueRecordsTakenSchema, signal);
  }

  async #ask<Schema extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.output<Schema>> {
    const { url: central, token, access } = this.#options;
    const stop = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
    const { hostname, port, protocol } = new URL(central);
    const host = hostname.replace(/^\[|\]$/g, '');
    const named: UrlAccess = {
      resolve: (name) => access.resolve(name),
      trusts: (name) => name === host,
      isAllowed: (address) => access.isAllowed(address),
    };
    const ports = [port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)];
    const address = `${central.replace(/\/+$/, '')}/api/v1/catalogue/${path}`;
    const { url, addresses } = await inTime(checkUrl(address, undefined, { access: named, ports }), stop);
    const agent = pinnedAgent(addresses, TIMEOUT);
    try {
      const answer = await request(url, {
        method,
        dispatcher: agent,
        signal: stop,
        headers: {
          'user-agent': 'tessera',
          ...(body === undefined ? {} : { 'content-type': 'application/json', authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body }),
      });
      if (answer.statusCode !== 200) {
        answer.body.on('error', () => undefined);
        throw new AppError(REFUSALS[answer.statusCode] ?? 'URL_UNREACHABLE', {
          message: `The central site answered with status ${String(answer.statusCode)}.`,
        });
      }
      return parse(schema, await textOf(answer.body));
    } catch (cause) {
      throw AppError.is(cause) ? cause : new AppError('URL_UNREACHABLE', { cause });
    } finally {
      await agent.destroy();
    }
  }
}

const REFUSALS = { 400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN' } as Readonly<
  Record<number, 'BAD_REQUEST' | 'UNAUTHORIZED' | 'FORBIDDEN' | undefined>
>;

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new AppError('URL_UNREACHABLE', { message: 'The answer is too long.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('URL_UNREACHABLE', { message: 'The answer is not that of a catalogue.', cause });
  }
}
