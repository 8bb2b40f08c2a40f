import type { Completeness, Plan, RasterCompute, RasterTarget, Scaling, Scene, SourceSet } from '@tessera/contracts';
import { indexExpression } from '../algebra/index-expression.ts';
import type { CogBandMetadata, CogMetadata } from '../cog/cog-options.ts';

type Items = Record<string, string>;

/**
 * What a product's file tells of its making, as metadata that GDAL shows: anybody can compute it again.
 *
 * @param completeness of a product of scenes.
 */
export function productMetadata(
  { raster, kernel }: Pick<Plan, 'raster' | 'kernel'>,
  set: Pick<SourceSet, 'sources' | 'scenes'>,
  completeness?: Pick<Completeness, 'partial'>,
): CogMetadata {
  if (raster === undefined) return {};
  const { compute, target } = raster;
  const whole: Items =
    completeness === undefined ? {} : { TESSERA_COMPLETENESS: completeness.partial ? 'partial' : 'whole' };
  return {
    items: { TESSERA_KERNEL: kernel, ...itemsOf(compute, set), ...whole },
    bands: target.bands.map((band) => bandMetadata(band, compute)),
  };
}

/** The bands of a mosaic go on meaning what its scenes' mean. */
function bandMetadata({ name }: RasterTarget['bands'][number], compute: RasterCompute): CogBandMetadata {
  const isSamples = compute.kind === 'mosaic' && compute.index === undefined && compute.samples.scaling !== null;
  const { scale, offset } = isSamples ? (compute.samples.scaling as Scaling) : { scale: undefined, offset: undefined };
  return { ...(name === null ? {} : { description: name }), scale, offset };
}

function itemsOf(compute: RasterCompute, { sources, scenes = [] }: Pick<SourceSet, 'sources' | 'scenes'>): Items {
  switch (compute.kind) {
    case 'composite':
      return { TESSERA_COMPOSITE: JSON.stringify(compute.composite), TESSERA_SCENES: String(sources.length) };
    case 'index': {
      const bands = Object.entries(compute.inputs).map(([name, { source, band, scaling }]) => ({
        name,
        source: sources[source]?.name ?? '',
        band: band + 1,
        scaling,
      }));
      return { ...indexItems(compute.index, Object.keys(compute.inputs)), TESSERA_BANDS: JSON.stringify(bands) };
    }
    case 'mosaic': {
      const { rule, resampling, index, bands, samples } = compute;
      return {
        ...(index === undefined ? {} : indexItems(index, bands)),
        TESSERA_MOSAIC: JSON.stringify({ rule, resampling, bands, type: samples.type, scaling: samples.scaling }),
        TESSERA_SCENES: String(scenes.length),
        ...timeItems(scenes),
      };
    }
  }
}

function indexItems(index: Extract<RasterCompute, { kind: 'index' }>['index'], bands: readonly string[]): Items {
  const named = 'index' in index;
  return {
    ...(named ? { TESSERA_INDEX: index.index } : {}),
    TESSERA_EXPRESSION: indexExpression(index, bands).text,
    ...(named ? { TESSERA_CONSTANTS: JSON.stringify(index.params) } : {}),
  };
}

/** The first and the last time at which anything of it was measured. */
function timeItems(scenes: readonly Scene[]): Items {
  const times = scenes.flatMap(({ datetime }) => datetime ?? []).sort();
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined || last === undefined ? {} : { TESSERA_TIME: `${first}/${last}` };
}
