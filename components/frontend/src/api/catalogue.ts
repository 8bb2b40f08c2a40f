import type {
  CatalogueEntry,
  CatalogueProduct,
  NewCatalogueEntry,
  catalogueEntryListSchema,
  catalogueEntrySchema,
  catalogueProductListSchema,
  catalogueProductSchema,
} from '@tessera/contracts';
import { jsonBody, request, requestNothing } from './request.ts';

/** Things of the catalogue that the map shows at one time. */
const MOST = 100;

const query = (words: string): string =>
  `?limit=${String(MOST)}${words === '' ? '' : `&q=${encodeURIComponent(words)}`}`;

/** Shared products and the visitor's own, newest first. */
export async function listCatalogueProducts(words: string, signal: AbortSignal): Promise<readonly CatalogueProduct[]> {
  return (await request<typeof catalogueProductListSchema>(`/catalogue/products${query(words)}`, { signal })).products;
}

export async function getCatalogueProduct(id: string, signal: AbortSignal): Promise<CatalogueProduct> {
  return request<typeof catalogueProductSchema>(`/catalogue/products/${encodeURIComponent(id)}`, { signal });
}

/** Shared entries and the visitor's own, newest first. */
export async function listCatalogueEntries(words: string, signal: AbortSignal): Promise<readonly CatalogueEntry[]> {
  return (await request<typeof catalogueEntryListSchema>(`/catalogue/entries${query(words)}`, { signal })).entries;
}

export async function createCatalogueEntry(entry: NewCatalogueEntry): Promise<CatalogueEntry> {
  return request<typeof catalogueEntrySchema>('/catalogue/entries', jsonBody(entry));
}

export async function deleteCatalogueEntry(id: string): Promise<void> {
  await requestNothing(`/catalogue/entries/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** The visitor's own products, newest first. */
export async function listOwnProducts(signal: AbortSignal): Promise<readonly CatalogueProduct[]> {
  const path = `/catalogue/products${query('')}&own=true`;
  return (await request<typeof catalogueProductListSchema>(path, { signal })).products;
}

/** Shows an own product to everybody, or to nobody else. */
export async function shareProduct(id: string, share: boolean): Promise<CatalogueProduct> {
  const path = `/catalogue/products/${encodeURIComponent(id)}`;
  return request<typeof catalogueProductSchema>(path, { ...jsonBody({ share }), method: 'PATCH' });
}
