import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { CallOptions } from '../object-store.ts';
import { discardUpload } from './discard-upload.ts';
import type { S3Connection } from './s3-connection.ts';

/** A multipart upload that was neither completed nor aborted. */
export interface UnfinishedUpload {
  readonly key: string;
  readonly id: string;
  readonly begunAt: Date;
}

/** What a killed process may leave in a store that uploads in parts. */
export interface MultipartSweeper {
  /** All unfinished uploads under the store's prefix, those in progress included. */
  listMultiparts(options?: CallOptions): Promise<readonly UnfinishedUpload[]>;
  /** Removes unfinished uploads begun more than `olderThanSeconds` ago; tells how many. */
  sweepMultiparts(olderThanSeconds: number, options?: CallOptions): Promise<number>;
}

/** Reads all pages of the list of unfinished uploads. */
export async function listUnfinished(
  connection: S3Connection,
  signal: AbortSignal | undefined,
): Promise<readonly UnfinishedUpload[]> {
  const found: UnfinishedUpload[] = [];
  let marker: { readonly KeyMarker?: string | undefined; readonly UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await connection.call({ key: '', signal }, (abortSignal) =>
      connection.client.send(
        new ListMultipartUploadsCommand({ Bucket: connection.bucket, Prefix: connection.prefix, ...marker }),
        { abortSignal },
      ),
    );
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined) continue;
      found.push({ key: Key.slice(connection.prefix.length), id: UploadId, begunAt: Initiated ?? new Date(0) });
    }
    if (page.IsTruncated !== true) return found;
    marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

/** Discards the unfinished uploads begun before a moment; tells how many. */
export async function sweepUnfinished(
  connection: S3Connection,
  before: Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  const old = (await listUnfinished(connection, signal)).filter(({ begunAt }) => begunAt < before);
  for (const { key, id } of old) {
    await discardUpload(connection, key, id, signal);
  }
  return old.length;
}
