import type { CostTable } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { estimateJobs, type SiteLoad } from '../jobs/estimate-jobs.ts';
import { findOthers } from '../jobs/find-others.ts';
import { planJobs } from '../jobs/submit-jobs.ts';
import type { Previews } from '../preview/previews.ts';
import { pictureOfImage } from '../zoom/picture.ts';
import type { HandlersOf } from './parts.ts';

export interface PreviewParts {
  readonly store: Pick<JobStore, 'getImage'>;
  readonly previews: Previews;
  readonly load: () => SiteLoad;
  readonly costs: CostTable;
}

export function previewHandlers({
  store,
  previews,
  load,
  costs,
}: PreviewParts): HandlersOf<'createPreview' | 'createEstimate'> {
  return {
    async createPreview({ body, response, visitor }) {
      const image = await store.getImage(body.image);
      if (image === undefined) throw new AppError('NOT_FOUND');
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const others = await findOthers(store, body.pipeline);
      const { view, exact, shares, result } = await previews.make(
        visitor(),
        pictureOfImage(image),
        body,
        others,
        gone.signal,
      );
      response.set({
        'Content-Type': view.contentType,
        'Content-Length': String(view.bytes.length),
        // Previews are computed in 8 bits.
        'tessera-preview': exact && image.depth !== 16 ? 'exact' : 'scaled',
        'tessera-steps': shares.join(', '),
        'tessera-result': `${String(result.width)}x${String(result.height)}`,
      });
      response.end(view.bytes);
    },

    async createEstimate({ body }) {
      const site = load();
      const request = { ...body, split: 'auto', verify: false } as const;
      return estimateJobs(await planJobs(store, request, { slots: site.slots, costs }), site, costs);
    },
  };
}
