import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '@tessera/runtime';
import { DEFAULT_CONTENT_TYPE, type ObjectFacts } from '../object-store.ts';
import type { CallFacts, S3Connection } from './s3-connection.ts';

/** Facts of an object, or `undefined` if there is none. */
export async function headObject(connection: S3Connection, facts: CallFacts): Promise<ObjectFacts | undefined> {
  const { key } = facts;
  try {
    const answer = await connection.call(facts, (abortSignal) =>
      connection.client.send(new HeadObjectCommand(connection.address(key)), { abortSignal }),
    );
    const { ContentLength: bytes, ETag: etag } = answer;
    if (bytes === undefined || etag === undefined) throw new AppError('STORE_CORRUPT', { details: { key } });
    return { key, bytes, etag, contentType: answer.ContentType ?? DEFAULT_CONTENT_TYPE };
  } catch (error) {
    if (AppError.is(error) && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
