import type { JobDto } from '@tessera/contracts';

/** A queued job for tests, with `changes` laid over it. */
export function jobFixture(changes: Partial<JobDto> = {}): JobDto {
  return {
    id: 'job-1',
    batch: null,
    image: { id: 'image-1', name: 'photo.jpg', url: '/api/v1/images/image-1/file' },
    state: 'queued',
    pipeline: [{ op: 'invert', params: {} }],
    output: {
      format: 'png',
      quality: 85,
      subsampling: '4:2:0',
      metadata: 'strip',
      width: 640,
      height: 480,
      channels: 3,
      tile: 512,
    },
    progress: { done: 0, total: 10, share: 0, eta: null, etaSeconds: null },
    stages: [],
    reason: 'one region is enough',
    timings: { createdAt: '2026-01-01T10:00:00.000Z', startedAt: null, finishedAt: null },
    ...changes,
  };
}
