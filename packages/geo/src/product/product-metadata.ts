import type { Plan, RasterCompute, RasterSource } from '@tessera/contracts';
import { indexExpression } from '../algebra/index-expression.ts';
import type { CogMetadata } from '../cog/cog-options.ts';

/** What a product's file tells of its making, as metadata that GDAL shows: anybody can compute it again. */
export function productMetadata(
  { raster, kernel }: Pick<Plan, 'raster' | 'kernel'>,
  sources: readonly RasterSource[],
): CogMetadata {
  if (raster === undefined) return {};
  const { compute, target } = raster;
  return {
    items: { TESSERA_KERNEL: kernel, ...itemsOf(compute, sources) },
    bands: target.bands.map(({ name }) => (name === null ? {} : { description: name })),
  };
}

function itemsOf(compute: RasterCompute, sources: readonly RasterSource[]): Record<string, string> {
  if (compute.kind === 'composite') {
    return { TESSERA_COMPOSITE: JSON.stringify(compute.composite), TESSERA_SCENES: String(sources.length) };
  }
  const { index, inputs } = compute;
  const named = 'index' in index;
  const bands = Object.entries(inputs).map(([name, { source, band, scaling }]) => ({
    name,
    source: sources[source]?.name ?? '',
    band: band + 1,
    scaling,
  }));
  return {
    ...(named ? { TESSERA_INDEX: index.index } : {}),
    TESSERA_EXPRESSION: indexExpression(index, Object.keys(inputs)).text,
    ...(named ? { TESSERA_CONSTANTS: JSON.stringify(index.params) } : {}),
    TESSERA_BANDS: JSON.stringify(bands),
  };
}
