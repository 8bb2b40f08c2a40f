/** What names a shared product in the map's address: a job is named by its id alone. */
const SHARED = 'shared-';

export const sharedProduct = (id: string): string => `${SHARED}${id}`;

/** The id in the catalogue; undefined for the id of a job. */
export const sharedIdOf = (product: string | undefined): string | undefined =>
  product?.startsWith(SHARED) === true ? product.slice(SHARED.length) : undefined;
