import { describe, expect, it } from 'vitest';
import { errorOfAnswer } from './api-error.ts';

describe('errorOfAnswer', () => {
  it('reads the body of the API', () => {
    const body = JSON.stringify({
      error: {
        code: 'INVALID_PIPELINE',
        message: 'No.',
        requestId: 'r1',
        problems: [{ path: 'pipeline.0', message: 'bad' }],
      },
    });
    const error = errorOfAnswer(422, body, null);
    expect(error).toMatchObject({ code: 'INVALID_PIPELINE', message: 'No.', requestId: 'r1', status: 422 });
    expect(error.problems).toEqual([{ path: 'pipeline.0', message: 'bad' }]);
  });

  it('takes a gateway’s own page for an unreachable server', () => {
    expect(errorOfAnswer(502, '<html>Bad Gateway</html>', null).code).toBe('UNREACHABLE');
  });

  it('keeps the status of any other foreign answer', () => {
    expect(errorOfAnswer(418, 'tea', null)).toMatchObject({ code: 'INTERNAL', status: 418 });
  });

  it('reads Retry-After in seconds and ignores dates', () => {
    const body = JSON.stringify({ error: { code: 'RATE_LIMITED', message: 'Slow.', requestId: 'r' } });
    expect(errorOfAnswer(429, body, '7').retryAfterSeconds).toBe(7);
    expect(errorOfAnswer(429, body, 'Wed, 21 Oct 2026 07:28:00 GMT').retryAfterSeconds).toBeUndefined();
  });
});
