import { AppError } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import type { ByteBudget } from '../http/byte-budget.ts';
import type { FetchPlaces } from '../http/fetch-places.ts';
import { addressOf } from '../http/rate-limit.ts';
import { imageDto } from '../jobs/image-dto.ts';
import { fetchFile, type FetchLimits } from '../upload/fetch/fetch-file.ts';
import { UploadSession, type UploadParts } from '../upload/upload-session.ts';
import type { HandlersOf } from './parts.ts';

export interface FetchParts {
  readonly store: Pick<JobStore, 'insertImage'>;
  readonly uploads: UploadParts;
  readonly budget: ByteBudget;
  readonly enabled: boolean;
  readonly limits: FetchLimits;
  readonly places: FetchPlaces;
  readonly onUndoFailed: (error: unknown) => void;
}

export function fetchHandlers(parts: FetchParts): HandlersOf<'fetchImage'> {
  const { store, uploads, budget, enabled, limits, places } = parts;
  return {
    async fetchImage({ body, request, response, visitor }) {
      if (!enabled) throw new AppError('URL_REFUSED', { message: 'This site does not fetch files.' });
      const address = addressOf(request);
      const own = visitor();
      return places.hold(own, async () => {
        budget.spend(address, 0);
        const gone = new AbortController();
        response.once('close', () => gone.abort());
        const session = new UploadSession(uploads, own, (bytes) => budget.spend(address, bytes));
        try {
          await fetchFile(body.url, limits, gone.signal, (name, file) => session.take(name, file));
          const { images, refused } = await session.settle();
          const [image] = images;
          const [reason] = refused;
          if (image === undefined)
            throw new AppError(reason?.code ?? 'INTERNAL', reason && { message: reason.message });
          await store.insertImage(image);
          return imageDto(image);
        } catch (error) {
          session.undo(error).catch((failure: unknown) => parts.onUndoFailed(failure));
          throw error;
        }
      });
    },
  };
}
