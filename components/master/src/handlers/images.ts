import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { ImageRow, JobStore } from '@tessera/store';
import type { ByteBudget } from '../http/byte-budget.ts';
import { addressOf } from '../http/rate-limit.ts';
import { sendObject } from '../http/send-object.ts';
import { CONTENT_TYPES } from '../jobs/file-types.ts';
import { imageDto } from '../jobs/image-dto.ts';
import { receiveImages, type FormLimits } from '../upload/receive-images.ts';
import { UploadSession, type UploadParts } from '../upload/upload-session.ts';
import type { HandlersOf } from './parts.ts';

export interface ImageParts {
  readonly store: JobStore;
  readonly objects: ObjectStore;
  readonly uploads: UploadParts;
  readonly form: FormLimits;
  readonly budget: ByteBudget;
  readonly onUndoFailed: (error: unknown) => void;
}

export function imageHandlers(parts: ImageParts): HandlersOf<'uploadImages' | 'getImage' | 'getImageFile'> {
  const { store, objects, uploads, form, budget } = parts;
  const find = async (id: string): Promise<ImageRow> => {
    const image = await store.getImage(id);
    if (image === undefined) throw new AppError('NOT_FOUND');
    return image;
  };
  return {
    async uploadImages({ request, response, visitor }) {
      const address = addressOf(request);
      budget.spend(address, 0);
      const session = new UploadSession(uploads, visitor(), (bytes) => budget.spend(address, bytes));
      try {
        await receiveImages(request, response, session, form);
        const { images, refused } = await session.settle();
        const [first] = refused;
        if (images.length === 0) {
          throw first === undefined
            ? new AppError('BAD_MULTIPART', { message: `The upload holds no file in the field "${form.field}".` })
            : new AppError(first.code, { message: first.message });
        }
        for (const image of images) await store.insertImage(image);
        return { images: images.map(imageDto), ...(first === undefined ? {} : { refused: [...refused] }) };
      } catch (error) {
        // The answer does not wait until all is undone: a body may still be arriving.
        session.undo(error).catch((failure: unknown) => parts.onUndoFailed(failure));
        throw error;
      }
    },

    getImage: async ({ params }) => imageDto(await find(params.image)),

    async getImageFile({ params, request, response }) {
      const image = await find(params.image);
      await sendObject(request, response, objects, {
        key: image.key,
        bytes: image.bytes,
        contentType: CONTENT_TYPES[image.format],
        tag: `"${image.sha256}"`,
        name: image.name,
      });
    },
  };
}
