import { Readable } from 'node:stream';
import { exactViewOf } from '@tessera/codec';
import type { StepWish, TextMark } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { ImageRow, JobStore } from '@tessera/store';
import type { MasterDeps } from '../deps.ts';
import { RequestProblems } from '../http/problems.ts';
import { UploadSession, type UploadParts } from '../upload/upload-session.ts';
import type { Others } from './find-others.ts';

/** Texts that are set at one time. */
const ABREAST = 4;

export interface TextImageParts {
  readonly decoder: Pick<MasterDeps['decoder'], 'renderText'>;
  readonly uploads: UploadParts;
  readonly store: Pick<JobStore, 'insertImage'>;
}

/**
 * Makes images of the texts that steps want; gives them by the names that the steps have for them.
 *
 * @throws RequestProblems INVALID_PIPELINE naming the step whose text can not be set.
 */
export type SetTexts = (wishes: readonly StepWish[], visitor: string) => Promise<Others>;

/**
 * Sets texts once, when a job is made, and stores each as an image like an uploaded one: whatever fonts the machines of the
 * executors have, they lay over the very same pixels.
 */
export function createSetTexts({ decoder, uploads, store }: TextImageParts): SetTexts {
  const setAndStore = async (mark: TextMark, visitor: string): Promise<ImageRow> => {
    const view = await exactViewOf(await decoder.renderText(mark));
    const session = new UploadSession(uploads, visitor, () => undefined);
    try {
      await session.take('text.png', Readable.from([view.bytes]));
      const [image] = (await session.settle()).images;
      if (image === undefined) throw new AppError('INTERNAL', { details: { reason: 'a text is no image' } });
      await store.insertImage(image);
      return image;
    } catch (error) {
      await session.undo(error);
      throw error;
    }
  };
  return async (wishes, visitor) => {
    const queue = [...new Map(wishes.map((wish) => [wish.name, wish])).values()];
    const made = new Map<string, ImageRow>();
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { step, name, wish } = next;
        if (wish.kind !== 'text') continue;
        made.set(name, await setAndStore(wish.mark, visitor).catch((error: unknown) => blame(step, error)));
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, work));
    return made;
  };
}

function blame(step: number, error: unknown): never {
  if (!AppError.is(error) || error.code !== 'INVALID_PIPELINE') throw error;
  throw new RequestProblems('INVALID_PIPELINE', [
    { path: `pipeline.${String(step)}.params.text`, message: error.message },
  ]);
}
