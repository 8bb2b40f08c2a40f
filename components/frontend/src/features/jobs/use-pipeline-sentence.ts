import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useOperationTitle } from './use-operation-title.ts';
import { useProductTitle } from './use-product-title.ts';

const FORMATS: Readonly<Record<JobDto['output']['format'], string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  tiff: 'TIFF',
};

/** Gives a function that names a job's steps and its result: `Grayscale → Canny edges → PNG`, `NDVI of 2 rasters → COG`. */
export function usePipelineSentence(): (job: Pick<JobDto, 'pipeline' | 'output' | 'product'>) => string {
  const title = useOperationTitle();
  const productTitle = useProductTitle();
  const words = useTranslations('pipeline.products');
  return ({ pipeline, output, product }) =>
    product
      ? `${words('of', { what: productTitle(product), count: product.rasters })} → COG`
      : [...pipeline.map(({ op }) => title(op)), FORMATS[output.format]].join(' → ');
}
