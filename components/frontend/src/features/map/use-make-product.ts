import { useMutation, useQuery } from '@tanstack/react-query';
import type { BandRole, IndexName, JobDto } from '@tessera/contracts';
import { useState } from 'react';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { createProduct, uploadRaster } from '../../api/products.ts';
import { SITE_QUERY } from '../../api/site.ts';

export interface MakeWish {
  readonly index: IndexName;
  readonly bands: readonly { readonly role: BandRole; readonly file: File }[];
  /** Undefined: what the files say. */
  readonly scale: { readonly scale: number; readonly offset: number } | undefined;
  readonly name: string | undefined;
}

/** Sends band files one after the other, each once, and starts the job of their index. */
export function useMakeProduct() {
  const { data: site } = useQuery(SITE_QUERY);
  const [share, setShare] = useState(0);
  const mutation = useMutation<JobDto, ApiError, MakeWish>({
    mutationFn: async ({ index, bands, scale, name }) => {
      try {
        const files = [...new Set(bands.map(({ file }) => file))];
        const ids = new Map<File, string>();
        const whole = files.reduce((sum, { size }) => sum + size, 0);
        let sent = 0;
        for (const file of files) {
          const { id } = await uploadRaster(file, site?.limits.resumableBytes ?? Infinity, {
            signal: new AbortController().signal,
            onProgress: (part) => setShare((sent + part * file.size) / whole),
          });
          ids.set(file, id);
          sent += file.size;
        }
        const wished = bands.map(({ role, file }) => [
          role,
          { raster: { image: ids.get(file) ?? '' }, band: 1, ...scale },
        ]);
        const product = {
          kind: 'index' as const,
          index: { index, params: {} },
          bands: Object.fromEntries(wished) as Record<string, { raster: { image: string }; band: number }>,
        };
        return await createProduct({ product, name });
      } catch (error) {
        throw error instanceof ApiError ? error : unreachable();
      } finally {
        setShare(0);
      }
    },
  });
  return { ...mutation, share };
}
