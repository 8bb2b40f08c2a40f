import type { JobRaster, RasterCompute, RasterWork } from '@tessera/contracts';

/** What is told of the raster that a job makes, before it is made. */
export function jobRaster(
  { width, height }: { readonly width: number; readonly height: number },
  { compute, target: { type, bands, epsg, transform } }: RasterWork,
): JobRaster {
  return { width, height, type, bands: bands.length, epsg, transform, measure: measureOf(compute) };
}

function measureOf(compute: RasterCompute): string {
  if (compute.kind === 'composite') return compute.composite.rule.kind;
  if (compute.index === undefined) return 'rgb';
  return 'index' in compute.index ? compute.index.index : 'band-math';
}
