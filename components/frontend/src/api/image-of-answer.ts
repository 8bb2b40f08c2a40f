import type { ImageDto, imagesCreatedSchema } from '@tessera/contracts';
import type * as z from 'zod';
import { ApiError } from './api-error.ts';

/**
 * The one image of an answer to a sent file.
 * @throws ApiError where the file was refused.
 */
export function imageOfAnswer(answer: z.infer<typeof imagesCreatedSchema> | undefined, status: number): ImageDto {
  const [image] = answer?.images ?? [];
  if (image) return image;
  const [refused] = answer?.refused ?? [];
  throw new ApiError(
    status,
    refused ?? { code: 'INTERNAL', message: 'The server answered in a form this page does not know.' },
  );
}
