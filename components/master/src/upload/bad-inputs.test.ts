import { BAD_INPUTS } from '@tessera/codec/bad-inputs';
import type { ImageDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts);
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

describe('rows 11 to 42: what is uploaded is taken or refused by what it is', () => {
  test.each(BAD_INPUTS)('row $row: $name', async ({ make, status, code }) => {
    const before = await site.keys('uploads/');
    const answer = await site.client.upload<{ error?: { code: string }; images?: ImageDto[] }>([
      'photo.jpg',
      await make(),
    ]);
    expect([answer.status, answer.body.error?.code ?? null]).toEqual([status, code]);
    const added = (await site.keys('uploads/')).filter((key) => !before.includes(key));
    expect(added).toEqual(answer.body.images?.map(({ id }) => `uploads/${id}`) ?? []);
    expect(await site.scratchFiles()).toEqual([]);
  });
});
