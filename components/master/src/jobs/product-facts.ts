import { INDICES, type ProductFacts, type RasterCompute, type RasterTarget, type RasterWork } from '@tessera/contracts';
import { isGeographic } from '@tessera/geo';
import { isViewable } from './is-viewable.ts';

/** What a product is, as callers see it. */
export function productFacts({ compute, target, sources, cog, picture }: RasterWork): ProductFacts {
  const { type, bands, nodata, epsg, transform } = target;
  return {
    kind: compute.kind,
    ...wordsOf(compute),
    rasters: sources,
    type,
    bands,
    nodata,
    epsg,
    transform,
    unit: unitOf(target),
    compression: cog.compression,
    viewable: picture !== undefined || isViewable(target),
  };
}

function wordsOf(compute: RasterCompute): Pick<ProductFacts, 'index' | 'expression' | 'rule'> {
  if (compute.kind === 'composite') return { rule: compute.composite.rule.kind };
  const { index } = compute;
  if (index === undefined) return compute.kind === 'mosaic' ? { rule: compute.rule } : {};
  if ('expression' in index) return { expression: index.expression };
  const known = INDICES.find((each) => each.index === index.index);
  return { index: index.index, ...(known && { expression: known.expression }) };
}

/** UTM on WGS 84, north and south, Web Mercator, and Europe's equal-area system are in metres. */
function unitOf({ epsg }: RasterTarget): ProductFacts['unit'] {
  if (epsg === null) return null;
  if (isGeographic(epsg)) return 'degree';
  const zone = epsg % 100;
  const isUtm = (epsg - zone === 32_600 || epsg - zone === 32_700) && zone >= 1 && zone <= 60;
  return isUtm || epsg === 3857 || epsg === 3035 ? 'metre' : null;
}
