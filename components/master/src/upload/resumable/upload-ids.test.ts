import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createUploadIds } from './upload-ids.ts';

const newId = (): string => randomBytes(16).toString('base64url');

test('an upload is of use to its visitor only', () => {
  const ids = createUploadIds(['secret'], newId);
  const upload = ids.issue('ann');
  expect(upload).toMatch(/^[\w-]{44}$/);
  expect(ids.imageOf(upload, 'ann')).toBe(upload.slice(0, 22));
  expect(ids.imageOf(upload, 'bob')).toBeUndefined();
  expect(createUploadIds(['other'], newId).imageOf(upload, 'ann')).toBeUndefined();
  for (const other of ['', upload.slice(1), `${upload}a`, newId() + newId(), upload.slice(22) + upload.slice(0, 22)]) {
    expect(ids.imageOf(other, 'ann')).toBeUndefined();
  }
});

test('a changed secret leaves uploads as they are', () => {
  const upload = createUploadIds(['old'], newId).issue('ann');
  expect(createUploadIds(['new', 'old'], newId).imageOf(upload, 'ann')).toBe(upload.slice(0, 22));
});
