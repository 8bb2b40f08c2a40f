import type { ImageDto, JobDto, ProductRequest, productCreatedSchema } from '@tessera/contracts';
import { jsonBody, request } from './request.ts';
import { uploadResumably } from './resumable-upload.ts';
import { uploadImage, type UploadOptions } from './upload-image.ts';

/** What is asked for; what is left out has its usual value. */
export type ProductWish = Pick<ProductRequest, 'name' | 'product'> & {
  readonly output?: Partial<ProductRequest['output']>;
};

/** Starts the job of a product. */
export async function createProduct(wish: ProductWish): Promise<JobDto> {
  return (await request<typeof productCreatedSchema>('/products', jsonBody(wish))).job;
}

/** Sends a raster, in pieces where it is large. */
export function uploadRaster(file: File, resumableBytes: number, options: UploadOptions): Promise<ImageDto> {
  if (file.size <= resumableBytes) return uploadImage(file, options);
  return uploadResumably(file, { ...options, resume: undefined, onAddress: () => undefined });
}
