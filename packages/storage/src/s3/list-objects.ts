import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ListedObject } from '../object-store.ts';
import type { S3Connection } from './s3-connection.ts';

/** Objects under a prefix, page by page, in the server's order: that of the keys' bytes. */
export async function* listObjects(
  connection: S3Connection,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedObject, void, void> {
  let token: string | undefined;
  do {
    const page = await connection.call({ key: prefix, signal }, (abortSignal) =>
      connection.client.send(
        new ListObjectsV2Command({
          Bucket: connection.bucket,
          Prefix: connection.address(prefix).Key,
          ContinuationToken: token,
        }),
        { abortSignal },
      ),
    );
    for (const { Key, Size, ETag } of page.Contents ?? []) {
      signal?.throwIfAborted();
      // Some servers list folders, which are no objects of ours.
      if (Key === undefined || Size === undefined || ETag === undefined || Key.endsWith('/')) continue;
      yield { key: Key.slice(connection.prefix.length), bytes: Size, etag: ETag };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}
