import type { NewCatalogueEntry } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { JobStore, NewCatalogueEntry as NewEntryRow } from '@tessera/store';
import { productLinks } from './product-dto.ts';

/** Bytes of an uploaded picture that an entry may show: browsers load all of it, and it is kept as long as the entry. */
const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/** What every browser shows. */
const SHOWN: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'avif', 'gif']);

/**
 * Finds what an image entry is to show.
 *
 * @throws AppError NOT_FOUND, UNSUPPORTED_FORMAT, FILE_TOO_LARGE; CONFLICT for a shared entry of a product that is not.
 */
export async function entrySource(
  store: Pick<JobStore, 'getImage' | 'getProduct'>,
  visitor: string | null,
  source: Extract<NewCatalogueEntry, { kind: 'image' }>['source'],
  share: boolean,
): Promise<Pick<NewEntryRow, 'image' | 'facts'>> {
  if ('image' in source) {
    const image = await store.getImage(source.image);
    if (image === undefined) throw new AppError('NOT_FOUND', { message: 'There is no image with this id.' });
    if (!SHOWN.has(image.format)) {
      throw new AppError('UNSUPPORTED_FORMAT', { message: 'The map shows PNG, JPEG, WebP, AVIF and GIF.' });
    }
    if (image.bytes > MAX_IMAGE_BYTES) {
      throw new AppError('FILE_TOO_LARGE', { message: 'The map shows images of 20 MB and less.' });
    }
    return { image: image.id, facts: {} };
  }
  const product = await store.getProduct(source.product);
  const isSeen = product !== undefined && (product.shared || product.visitor === visitor);
  const picture = isSeen ? productLinks(product).picture : null;
  if (product === undefined || picture === null) {
    throw new AppError('NOT_FOUND', { message: 'There is no product with this id that has a picture.' });
  }
  if (share && !product.shared) {
    throw new AppError('CONFLICT', { message: 'Share the product first, so that others can see its picture.' });
  }
  const facts = { product: product.id, ...(product.origin === null ? {} : { link: picture }) };
  return { image: null, facts };
}
