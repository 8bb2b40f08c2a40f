import type { CatalogueProductRow } from '@tessera/store';
import type { SentObject } from '../http/send-object.ts';
import { displayName } from '../upload/display-name.ts';
import type { FileRole } from './product-dto.ts';

const EXTENSIONS: Readonly<Record<FileRole, string>> = {
  cog: '.tif',
  picture: '-picture.png',
  legend: '-legend.svg',
  'legend-data': '-legend.json',
};

/** A file of an own product as it is sent; undefined where there is none, and for those of other sites. */
export function productFile({ result, name }: CatalogueProductRow, role: FileRole): SentObject | undefined {
  if (result === null) return undefined;
  const object = role === 'cog' ? result : result.companions?.find((companion) => companion.role === role);
  if (object === undefined) return undefined;
  const { key, bytes, contentType } = object;
  // What a job made never changes.
  const tag = `"${result.pixelDigest.slice(0, 40)}-${bytes.toString(36)}"`;
  return { key, bytes, contentType, tag, name: displayName(`${name}${EXTENSIONS[role]}`) };
}
