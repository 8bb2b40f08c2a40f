import type { View } from '@tessera/codec';
import type { PreviewRequest, Size, StepShare } from '@tessera/contracts';
import type { MasterDeps } from '../deps.ts';
import type { Others } from '../jobs/find-others.ts';
import type { StoredPicture } from '../zoom/picture.ts';
import type { PyramidCache } from '../zoom/pyramid-cache.ts';
import { LevelWindows } from './level-windows.ts';
import { NewestFirst } from './newest-first.ts';
import { planPreview } from './plan-preview.ts';
import { PreviewTexts } from './preview-texts.ts';
import { readOthers, wholeAt } from './read-others.ts';
import { PreviewPool } from './preview-pool.ts';

/** Milliseconds that a preview waits for the levels of its picture: those of a photo are made by then. */
const PATIENCE = 2500;

export interface Preview {
  readonly view: View;
  /** Whether the pixels are those of the result. */
  readonly exact: boolean;
  /** What is left of each step at that size. */
  readonly shares: readonly StepShare[];
  /** Of the whole result of the job. */
  readonly result: Size;
}

export interface PreviewsParts {
  readonly pyramids: PyramidCache;
  readonly threads: number;
  /** Sets the texts that steps write. */
  readonly decoder: Pick<MasterDeps['decoder'], 'renderText'>;
}

/** Pictures of what pipelines make, at the size of the screen. */
export class Previews {
  readonly #pyramids: PyramidCache;
  readonly #windows = new LevelWindows();
  readonly #newest = new NewestFirst();
  readonly #pool: PreviewPool;
  readonly #texts: PreviewTexts;

  constructor({ pyramids, threads, decoder }: PreviewsParts) {
    this.#pyramids = pyramids;
    this.#texts = new PreviewTexts(decoder);
    this.#pool = new PreviewPool(threads);
  }

  /**
   * Makes a preview of a part of a picture.
   *
   * @param images those that steps of the pipeline name.
   * @throws AppError BAD_REQUEST, INVALID_PIPELINE, NOT_READY while the levels are being made, CONFLICT when the visitor
   *   asked for a newer one, RATE_LIMITED, CANCELLED, and why there is no pyramid.
   */
  make(
    visitor: string,
    picture: StoredPicture,
    request: PreviewRequest,
    images: Others,
    signal: AbortSignal,
  ): Promise<Preview> {
    return this.#newest.run(visitor, signal, async (stop) => {
      const options = { signal: stop, patience: PATIENCE };
      const { pyramid, release } = await this.#pyramids.acquire(picture, options);
      try {
        const plan = planPreview(pyramid, request);
        const raster = await this.#windows.read(picture.key, pyramid, plan);
        const parts = { pyramids: this.#pyramids, windows: this.#windows, texts: this.#texts };
        const others = await readOthers(parts, plan, images, options);
        const { overview: look, ...rest } = plan;
        const overview = look && {
          steps: look.steps,
          raster: await this.#windows.read(picture.key, pyramid, look),
          others: await readOthers(parts, wholeAt(look), images, options),
        };
        const call = { ...rest, raster, others, ...(overview && { overview }) };
        return { view: await this.#pool.run(call, stop), exact: plan.exact, shares: plan.shares, result: plan.result };
      } finally {
        release();
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
