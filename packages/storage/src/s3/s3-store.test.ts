import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import { objectStoreContract } from '../object-store.contract.ts';
import { createS3Store } from './index.ts';

objectStoreContract('S3', () => {
  const store = createS3Store({ ...inject('s3'), forcePathStyle: true, prefix: `contract/${randomUUID()}` });
  return Promise.resolve({
    store,
    cleanup: () => Promise.resolve(),
    leftovers: async () => (await store.listMultiparts()).map(({ key }) => key),
  });
});
