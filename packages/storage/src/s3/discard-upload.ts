import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { S3Connection } from './s3-connection.ts';
import { isNoSuchUpload } from './s3-error.ts';

/** How often an upload is aborted until the server no longer lists it: parts in flight can outlive an abort. */
const TIMES = 4;

/** Removes an unfinished upload and its parts; one that does not exist is no error. */
export async function discardUpload(
  connection: S3Connection,
  key: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { Bucket, Key } = connection.address(key);
  for (let times = 1; times <= TIMES; times += 1) {
    await connection
      .call({ key, signal }, (abortSignal) =>
        connection.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: id }), { abortSignal }),
      )
      .catch((error: unknown) => {
        if (!isNoSuchUpload(error)) throw error;
      });
    const page = await connection.call({ key, signal }, (abortSignal) =>
      connection.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }), { abortSignal }),
    );
    if (page.Uploads?.every(({ UploadId }) => UploadId !== id) ?? true) return;
  }
}
