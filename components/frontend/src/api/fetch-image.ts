import type { imagesCreatedSchema, ImageDto } from '@tessera/contracts';
import { imageOfAnswer } from './image-of-answer.ts';
import { jsonBody, request } from './request.ts';

/**
 * Has the server fetch an image from an address.
 * @throws ApiError with the server's code, for example `URL_REFUSED`, or `UNREACHABLE`.
 */
export async function fetchImage(url: string, signal: AbortSignal): Promise<ImageDto> {
  return imageOfAnswer(
    await request<typeof imagesCreatedSchema>('/images/fetch', { ...jsonBody({ url }), signal }),
    200,
  );
}
