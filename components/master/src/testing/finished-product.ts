import type { Plan, ResultFacts } from '@tessera/contracts';
import { cataloguedProduct, type CatalogueWish } from '../catalogue/catalogued-product.ts';
import type { TestSite } from './test-site.ts';

export interface FinishedProduct extends CatalogueWish {
  readonly visitor: string;
  readonly name?: string;
  /** Upper left corner in degrees; 100 × 50 pixels of a hundredth of a degree. */
  readonly at?: readonly [longitude: number, latitude: number];
}

/** What stands in for the bytes of a COG. */
export const COG_BYTES = new TextEncoder().encode('the bytes of a cloud-optimized GeoTIFF');

/** A product whose job an executor has just finished; gives its id and the job's. */
export async function finishedProduct(
  { store, objects }: TestSite,
  { visitor, name = 'NDVI', at: [west, north] = [10, 50], ...wish }: FinishedProduct,
): Promise<{ readonly product: string; readonly job: string }> {
  const [product, job, image] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const [width, height] = [100, 50];
  const plan: Plan = {
    kernel: 'test',
    picture: { width, height, channels: 1 },
    pipeline: [],
    grid: { width, height },
    output: {
      ...{ format: 'tiff', quality: 100, subsampling: '4:4:4', metadata: 'strip', channels: 1, tile: 512 },
      ...{ width, height },
    },
    stages: [{ kind: 'cog', tasks: 1 }],
    raster: {
      compute: { kind: 'index', index: { index: 'ndvi', params: {} }, inputs: {} },
      target: {
        ...{ type: 'float32', bands: [{ name: 'NDVI' }], nodata: 'nan', epsg: 4326, origin: { x: 0, y: 0 } },
        transform: [west, 0.01, 0, north, 0, -0.01],
      },
      sources: 1,
      cog: { windowPixels: 65_536, tile: 512, compression: 'deflate', level: 4, overviews: 'average' },
    },
    reason: 'for a test',
  };
  const row = {
    ...{ id: image, visitor, name: 'sources', key: `uploads/${image}`, format: 'rasters' as const },
    ...{ width, height, channels: 1, bytes: 2, sha256: '0a'.repeat(32), progressive: false, createdAt: new Date() },
  };
  await objects.put(row.key, new TextEncoder().encode('{}'), { contentType: 'application/json' });
  await store.insertImage(row);
  const catalogued = cataloguedProduct({ id: product, name, kind: 'index', index: 'ndvi', plan }, wish);
  await store.insertJobs([
    {
      ...{ id: job, visitor, batch: null, image: row, plan, reuseKey: job, reuse: false, verify: false },
      ...{ strategy: 'balanced', product: catalogued },
    },
  ]);
  const file = async (key: string, bytes: Uint8Array, contentType: string) => {
    await objects.put(key, bytes, { contentType });
    return { key, bytes: bytes.length, contentType };
  };
  const result: ResultFacts = {
    ...(await file(`results/${job}.tif`, COG_BYTES, 'image/tiff')),
    ...{ width, height, channels: 1, pixelDigest: 'd'.repeat(64), verified: false },
    companions: [
      { role: 'picture', ...(await file(`results/${job}.picture`, new Uint8Array(9), 'image/png')) },
      { role: 'legend', ...(await file(`results/${job}.legend`, new Uint8Array(8), 'image/svg+xml')) },
    ],
  };
  const task = { v: 1, task: `${job}.0.0`, job, stage: 0, index: 0, executor: 'test', attempt: 1 } as const;
  await store.applyEvent(
    { ...task, type: 'done', milliseconds: 1, result },
    { maxAttempts: 3, backoffMilliseconds: () => 0, turnedAwayMilliseconds: () => 0 },
  );
  return { product, job };
}
