import { jobRequestSchema } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { jobFixture } from '../../api/job-fixture.ts';
import { requestsAgain } from './job-request-of.ts';

const image = (id: string) => ({ id, name: `${id}.jpg`, url: '' });

it('joins jobs of the same pipeline and output into one request', () => {
  const blur = { pipeline: [{ op: 'gaussian-blur', params: { ksize: 9, sigma: 0 } }] } as const;
  const requests = requestsAgain([
    jobFixture({ image: image('a') }),
    jobFixture({ image: image('b'), ...blur, pipeline: [...blur.pipeline] }),
    jobFixture({ image: image('c') }),
  ]);
  expect(requests.map(({ images }) => images)).toEqual([['a', 'c'], ['b']]);
  for (const request of requests) expect(jobRequestSchema.parse(request).reuse).toBe(false);
});
