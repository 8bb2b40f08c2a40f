import { flag, type ConfigShape } from '@tessera/runtime';
import { z } from 'zod';
import type { S3StoreOptions } from './s3/s3-options.ts';

/** The variables that tell a process of its object store. */
export const s3ConfigShape = {
  S3_ENDPOINT: z.string().optional().describe('URL of the S3 server; leave out for AWS.'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket.'),
  S3_BUCKET: z.string().default('tessera').describe('Bucket for uploads, work and results.'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Access key; leave out to use the machine’s role.'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret key.'),
  S3_FORCE_PATH_STYLE: flag(true).describe('Put the bucket in the path, not in the host name.'),
  S3_EQUAL_PARTS: flag(false).describe(
    'Send large objects in parts of one length, for servers that take no others: R2.',
  ),
  S3_CA_FILE: z.string().optional().describe('PEM file of the authority that signed the S3 server’s certificate.'),
} as const satisfies ConfigShape;

/** What the variables mean to `createS3Store`. */
export function s3Options(config: Readonly<z.output<z.ZodObject<typeof s3ConfigShape>>>): S3StoreOptions {
  return {
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    bucket: config.S3_BUCKET,
    accessKeyId: config.S3_ACCESS_KEY_ID,
    secretAccessKey: config.S3_SECRET_ACCESS_KEY,
    forcePathStyle: config.S3_FORCE_PATH_STYLE,
    equalParts: config.S3_EQUAL_PARTS,
    caFile: config.S3_CA_FILE,
  };
}
