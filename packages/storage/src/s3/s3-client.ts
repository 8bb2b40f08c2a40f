import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { S3Client } from '@aws-sdk/client-s3';
import { AppError } from '@tessera/runtime';
import type { S3StoreOptions } from './s3-options.ts';

/** Time for a TCP and TLS handshake in milliseconds. */
const CONNECT_MILLISECONDS = 5_000;
/** Open connections to the server: streams being read hold one each. */
const MAX_SOCKETS = 256;

/**
 * An AWS client that leaves retries and deadlines to the caller and adds no checksums of its own: those that the SDK
 * adds by default arrive in trailers that several servers do not understand.
 *
 * @throws AppError INVALID_CONFIG if the certificates can not be read.
 */
export function createClient(options: S3StoreOptions): S3Client {
  const { accessKeyId, secretAccessKey } = options;
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return new S3Client({
    region: options.region,
    forcePathStyle: options.forcePathStyle,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Waiting for "100 Continue" costs a round trip per part and seconds on servers that do not send it.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS,
      httpAgent: agent,
      httpsAgent: { ...agent, ...(options.caFile === undefined ? {} : { ca: certificates(options.caFile) }) },
    },
  });
}

function certificates(file: string): string[] {
  try {
    return [...rootCertificates, readFileSync(file, 'utf8')];
  } catch (cause) {
    throw new AppError('INVALID_CONFIG', { message: `The certificate file ${file} can not be read.`, cause });
  }
}
