import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { CatalogueProductQuery, CatalogueProductRow, JobStore } from '@tessera/store';
import type { Request } from 'express';
import { FILE_ROLES, catalogueProduct, type FileRole } from '../catalogue/product-dto.ts';
import { productFile } from '../catalogue/product-file.ts';
import { requireRoomToShare } from '../catalogue/room-to-share.ts';
import { isAdmin } from '../http/admin.ts';
import { allowOrigins, allowRequests } from '../http/cross-origin.ts';
import { sendObject } from '../http/send-object.ts';
import type { HandlersOf } from './parts.ts';

export interface CatalogueParts {
  readonly store: JobStore;
  readonly objects: ObjectStore;
  readonly newId: () => string;
  readonly adminToken: string | undefined;
  /** Products that one visitor shares at most. */
  readonly maxShared: number;
}

type Ids =
  | 'listCatalogueProducts'
  | 'catalogueProductFeatures'
  | 'getCatalogueProduct'
  | 'changeCatalogueProduct'
  | 'deleteCatalogueProduct'
  | 'getCatalogueFile'
  | 'askCatalogueFile';

export function catalogueProductHandlers({ store, objects, adminToken, maxShared }: CatalogueParts): HandlersOf<Ids> {
  interface Asker {
    readonly request: Request;
    readonly visitor: () => string;
  }
  const owns = (row: CatalogueProductRow, { request, visitor }: Asker): boolean =>
    isAdmin(request, adminToken) || row.visitor === visitor();
  /** One that the asker may see. */
  const find = async (id: string, asker: Asker): Promise<CatalogueProductRow> => {
    const row = await store.getProduct(id);
    if (row === undefined || !(row.shared || owns(row, asker))) throw new AppError('NOT_FOUND');
    return row;
  };
  const findOwn = async (id: string, asker: Asker): Promise<CatalogueProductRow> => {
    const row = await find(id, asker);
    if (!owns(row, asker)) throw new AppError('FORBIDDEN', { message: 'Only its owner can change this product.' });
    return row;
  };
  const search = async (
    query: Pick<CatalogueProductQuery, 'bbox' | 'creator' | 'index' | 'limit'> &
      Readonly<Partial<Record<'q' | 'kind' | 'own' | 'from' | 'to' | 'cursor', string | undefined>>>,
    visitor: string,
  ) => {
    const { products, next } = await store.searchProducts({
      visitor,
      own: query.own === 'true',
      bbox: query.bbox,
      text: query.q,
      creator: query.creator,
      index: query.index,
      kinds: query.kind === undefined ? undefined : [query.kind],
      from: query.from === undefined ? undefined : new Date(query.from),
      to: query.to === undefined ? undefined : new Date(query.to),
      limit: query.limit,
      before: query.cursor === undefined ? undefined : Number(query.cursor),
    });
    return {
      products: products.map((row) => catalogueProduct(row, row.visitor === visitor)),
      next: next === null ? null : String(next),
    };
  };
  return {
    listCatalogueProducts: ({ query, visitor }) => search(query, visitor()),

    async catalogueProductFeatures({ query, visitor, response }) {
      const { products, next } = await search(query, visitor());
      response.type('application/geo+json');
      return {
        type: 'FeatureCollection',
        features: products.map(({ id, footprint, bbox, ...properties }) => ({
          type: 'Feature' as const,
          id,
          geometry: footprint,
          bbox,
          properties,
        })),
        next,
      };
    },

    getCatalogueProduct: async (call) => {
      const row = await find(call.params.product, call);
      return catalogueProduct(row, owns(row, call));
    },

    async changeCatalogueProduct(call) {
      const { id, shared, visitor } = await findOwn(call.params.product, call);
      const { name, description, creator, share, startTime, endTime } = call.body;
      if (share === true && !shared && visitor !== null) await requireRoomToShare({ store, maxShared }, visitor);
      const moment = (time: string | null | undefined): Date | null | undefined =>
        typeof time === 'string' ? new Date(time) : time;
      const changed = await store.changeProduct(id, {
        ...{ name, description, creator },
        shared: share,
        startsAt: moment(startTime),
        endsAt: moment(endTime),
      });
      if (changed === undefined) throw new AppError('NOT_FOUND');
      return catalogueProduct(changed, true);
    },

    async deleteCatalogueProduct(call) {
      const { id } = await findOwn(call.params.product, call);
      if (!(await store.removeProduct(id))) throw new AppError('NOT_FOUND');
    },

    async getCatalogueFile(call) {
      const { request, response, params } = call;
      const role = FILE_ROLES.find((one) => one === params.role) satisfies FileRole | undefined;
      const row = await find(params.product, call);
      const file = role && productFile(row, role);
      if (file === undefined) throw new AppError('NOT_FOUND');
      if (row.shared) allowOrigins(response);
      await sendObject(request, response, objects, file);
    },

    askCatalogueFile: ({ response }) => allowRequests(response, 'GET, HEAD'),
  };
}
