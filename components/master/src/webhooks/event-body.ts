import type { WebhookEvent } from '@tessera/contracts';
import type { ClaimedDelivery } from '@tessera/store';
import { companionsOf } from '../jobs/companions.ts';
import { reportsOf } from '../jobs/reports.ts';

/** What a webhook is told: the same bytes at every try. */
export function eventBody(delivery: Pick<ClaimedDelivery, 'id' | 'at' | 'about'>): string {
  return JSON.stringify(webhookEvent(delivery));
}

function webhookEvent({ id, at, about }: Pick<ClaimedDelivery, 'id' | 'at' | 'about'>): WebhookEvent {
  const head = { id, at: at.toISOString() };
  if ('batch' in about) {
    const { batch, facts } = about;
    return { ...head, type: 'batch.ended', batch: { id: batch, url: `/api/v1/batches/${batch}`, ...facts } };
  }
  const { job, facts } = about;
  const { state, batch, result, error, reused } = facts;
  const url = `/api/v1/jobs/${job}`;
  return {
    ...head,
    type: 'job.ended',
    job: {
      id: job,
      batch,
      url,
      state,
      ...(result === null
        ? {}
        : {
            result: {
              url: `${url}/result`,
              bytes: result.bytes,
              contentType: result.contentType,
              width: result.width,
              height: result.height,
              channels: result.channels,
              pixelDigest: result.pixelDigest,
              verified: result.verified,
              reused,
              ...companionsOf(job, result),
              ...reportsOf(job, result),
            },
          }),
      ...(error === null ? {} : { error: { code: error.code, message: error.message } }),
    },
  };
}
