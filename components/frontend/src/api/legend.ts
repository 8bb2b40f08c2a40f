import type { legendSchema, Legend } from '@tessera/contracts';
import { API, request } from './request.ts';

/** What the colours of a product's picture mean; `url` is that of the result's companion. */
export function getLegend(url: string, signal: AbortSignal): Promise<Legend> {
  return request<typeof legendSchema>(url.slice(API.length), { signal });
}
