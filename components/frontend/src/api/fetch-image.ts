import type { ImageDto, imageSchema } from '@tessera/contracts';
import { jsonBody, request } from './request.ts';

/**
 * Has the server fetch an image from an address.
 * @throws ApiError with the server's code, for example `URL_REFUSED`, or `UNREACHABLE`.
 */
export function fetchImage(url: string, signal: AbortSignal): Promise<ImageDto> {
  return request<typeof imageSchema>('/images/fetch', { ...jsonBody({ url }), signal });
}
