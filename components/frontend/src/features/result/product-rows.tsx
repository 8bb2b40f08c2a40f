import type { ProductFacts } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { useProductTitle } from '../jobs/use-product-title.ts';

/** What is known of a product besides its size, as rows of a list of facts. */
export function ProductRows({ product }: { readonly product: ProductFacts }) {
  const words = useTranslations('result.product');
  const formats = useFormats();
  const title = useProductTitle();
  const { expression, rasters, type, bands, nodata, epsg, transform, unit } = product;
  const names = bands.flatMap(({ name }) => name ?? []);
  return (
    <>
      <dt>{words(expression === undefined ? 'rule' : 'formula')}</dt>
      <dd>{expression === undefined ? title(product) : <code dir="ltr">{expression}</code>}</dd>
      <dt>{words('made')}</dt>
      <dd>{words('rasters', { count: rasters })}</dd>
      <dt>{words('samples')}</dt>
      <dd>
        <bdi>{type}</bdi> · {words('bands', { count: bands.length })}
        {names.length > 0 && (
          <>
            {' · '}
            <bdi>{formats.list(names)}</bdi>
          </>
        )}
      </dd>
      <dt>{words('nodata')}</dt>
      <dd>{nodata === null ? words('noNodata') : <bdi>{nodata === 'nan' ? 'NaN' : formats.exact(nodata)}</bdi>}</dd>
      <dt>{words('crs')}</dt>
      <dd>{epsg === null ? words('noCrs') : <bdi dir="ltr">EPSG:{epsg}</bdi>}</dd>
      {transform && (
        <>
          <dt>{words('pixel')}</dt>
          <dd>{words(`units.${unit ?? 'other'}`, { size: pixelSize(transform, formats.exact) })}</dd>
          <dt>{words('corner')}</dt>
          <dd>
            <bdi dir="ltr">
              {formats.exact(transform[0])}, {formats.exact(transform[3])}
            </bdi>
          </dd>
        </>
      )}
    </>
  );
}

/** Width by height of a pixel, width first in every language. */
function pixelSize([, dx, rx, , ry, dy]: NonNullable<ProductFacts['transform']>, write: (value: number) => string) {
  return `\u2066${write(Math.hypot(dx, ry))} × ${write(Math.hypot(rx, dy))}\u2069`;
}
