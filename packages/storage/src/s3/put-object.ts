import { crc32 } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '@tessera/runtime';
import { DEFAULT_CONTENT_TYPE, type ObjectFacts, type PutOptions } from '../object-store.ts';
import { bodyParts } from './body-parts.ts';
import { checksumFields } from './checksum.ts';
import { MultipartUpload } from './multipart-upload.ts';
import { PartMemory } from './part-memory.ts';
import { partSize } from './part-size.ts';
import type { S3Connection } from './s3-connection.ts';
import { transferMilliseconds } from './transfer-time.ts';

/**
 * Stores a body of unknown length: in one request if it fits into one part, else as a multipart upload with at most
 * three parts in memory. Whatever fails, no multipart upload remains.
 */
export async function putChunks(
  connection: S3Connection,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<ObjectFacts> {
  let upload: MultipartUpload | undefined;
  let crc = 0;
  const memory = new PartMemory();
  const { partBytes, equalParts } = connection;
  const sizeOf = (number: number): number => partSize(partBytes, number, equalParts);
  try {
    for await (const part of bodyParts(chunks, sizeOf, memory)) {
      if (upload === undefined && part.isLast) return await putWhole(connection, key, part.bytes, options);
      upload ??= await MultipartUpload.begin(connection, key, { ...options, checksums: connection.checksums });
      crc = crc32(part.bytes, crc);
      await upload.put(part.number, () => Promise.resolve(part.bytes), memory);
    }
    if (upload === undefined) throw new AppError('INTERNAL');
    return await upload.complete(crc);
  } catch (error) {
    await upload?.discard();
    throw error;
  }
}

/** Stores bytes in one request. */
export async function putWhole(
  connection: S3Connection,
  key: string,
  bytes: Uint8Array,
  options: PutOptions,
): Promise<ObjectFacts> {
  const contentType = options.contentType ?? DEFAULT_CONTENT_TYPE;
  const extraMilliseconds = transferMilliseconds(bytes.length);
  const answer = await connection.call({ key, signal: options.signal, extraMilliseconds }, (abortSignal) =>
    connection.client.send(
      new PutObjectCommand({
        ...connection.address(key),
        Body: bytes,
        ContentLength: bytes.length,
        ContentType: contentType,
        ...checksumFields(connection.checksums, bytes),
      }),
      { abortSignal },
    ),
  );
  if (answer.ETag === undefined) throw new AppError('STORE_UNAVAILABLE', { details: { key } });
  return { key, bytes: bytes.length, etag: answer.ETag, contentType };
}
