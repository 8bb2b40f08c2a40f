export type { MultipartSweeper, UnfinishedUpload } from './multipart-sweeper.ts';
export type { S3StoreOptions } from './s3-options.ts';
export { openS3Store } from './open-s3-store.ts';
export { createS3Store } from './s3-store.ts';
