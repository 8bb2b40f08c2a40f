import { createHash } from 'node:crypto';
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { AppError } from '@tessera/runtime';
import type { S3Connection } from './s3-connection.ts';

/** Most keys of one request. */
const BATCH = 1000;

/** Removes objects, a thousand per request; missing ones are no error. */
export async function deleteObjects(
  connection: S3Connection,
  keys: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const waiting = [...new Set(keys)];
  while (waiting.length > 0) {
    const batch = waiting.splice(0, BATCH);
    await connection.call({ key: batch[0] ?? '', signal }, async (abortSignal) => {
      const answer = await connection.client.send(deleteCommand(connection, batch), { abortSignal });
      const failed = (answer.Errors ?? []).filter((error) => error.Code !== 'NoSuchKey');
      if (failed.length > 0) {
        throw new AppError('STORE_UNAVAILABLE', { details: { failed: failed.length, first: failed[0] } });
      }
    });
  }
}

/** The SDK sends a CRC32; servers older than those checksums insist on an MD5, which S3 has always taken. */
function deleteCommand(connection: S3Connection, keys: readonly string[]): DeleteObjectsCommand {
  const command = new DeleteObjectsCommand({
    Bucket: connection.bucket,
    Delete: { Objects: keys.map((key) => ({ Key: connection.address(key).Key })), Quiet: true },
  });
  command.middlewareStack.add(
    (next) => (args) => {
      if (isRequest(args.request)) {
        args.request.headers['content-md5'] = createHash('md5').update(args.request.body).digest('base64');
      }
      return next(args);
    },
    { step: 'build', name: 'contentMd5' },
  );
  return command;
}

interface RequestWithBody {
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

function isRequest(request: unknown): request is RequestWithBody {
  if (typeof request !== 'object' || request === null || !('headers' in request) || !('body' in request)) return false;
  return typeof request.body === 'string' || request.body instanceof Uint8Array;
}
