import {
  MAX_CATALOGUE_ENTRIES,
  type CatalogueEntryChange,
  type NewCatalogueEntry,
  type Outline,
} from '@tessera/contracts';
import { boxOutline, cornersOutline } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { CatalogueEntryRow, CatalogueQuery } from '@tessera/store';
import type { Request } from 'express';
import { catalogueEntry } from '../catalogue/entry-dto.ts';
import { entrySource } from '../catalogue/entry-source.ts';
import { isAdmin } from '../http/admin.ts';
import { RequestProblems } from '../http/problems.ts';
import { sendView } from '../http/send-view.ts';
import { pictureOfImage } from '../zoom/picture.ts';
import type { Thumbnails } from '../zoom/thumbnails.ts';
import type { CatalogueParts } from './catalogue-products.ts';
import type { HandlersOf } from './parts.ts';

type Ids =
  | 'createCatalogueEntry'
  | 'listCatalogueEntries'
  | 'catalogueEntryFeatures'
  | 'getCatalogueEntry'
  | 'changeCatalogueEntry'
  | 'deleteCatalogueEntry'
  | 'getCatalogueEntryImage';

/** Longest side of an entry's picture on the map, in pixels. */
const PICTURE_SIDE = 2048;

export interface CatalogueEntryParts extends CatalogueParts {
  readonly thumbnails: Pick<Thumbnails, 'get'>;
}

export function catalogueEntryHandlers({ store, newId, adminToken, thumbnails }: CatalogueEntryParts): HandlersOf<Ids> {
  interface Asker {
    readonly request: Request;
    readonly visitor: () => string;
  }
  const owns = (row: CatalogueEntryRow, { request, visitor }: Asker): boolean =>
    isAdmin(request, adminToken) || row.visitor === visitor();
  /** One that the asker may see. */
  const find = async (id: string, asker: Asker): Promise<CatalogueEntryRow> => {
    const row = await store.getEntry(id);
    if (row === undefined || !(row.shared || owns(row, asker))) throw new AppError('NOT_FOUND');
    return row;
  };
  const findOwn = async (id: string, asker: Asker): Promise<CatalogueEntryRow> => {
    const row = await find(id, asker);
    if (!owns(row, asker)) throw new AppError('FORBIDDEN', { message: 'Only its owner can change this entry.' });
    return row;
  };
  const search = async (
    query: Pick<CatalogueQuery, 'bbox' | 'creator' | 'limit'> &
      Readonly<Partial<Record<'q' | 'kind' | 'own' | 'cursor', string | undefined>>>,
    visitor: string,
  ) => {
    const { entries, next } = await store.searchEntries({
      visitor,
      own: query.own === 'true',
      bbox: query.bbox,
      text: query.q,
      creator: query.creator,
      kinds: query.kind === undefined ? undefined : [query.kind],
      limit: query.limit,
      before: query.cursor === undefined ? undefined : Number(query.cursor),
    });
    return {
      entries: entries.map((row) => catalogueEntry(row, row.visitor === visitor)),
      next: next === null ? null : String(next),
    };
  };
  return {
    async createCatalogueEntry({ body, visitor }) {
      const owner = visitor();
      const source =
        body.kind === 'image' ? await entrySource(store, owner, body.source, body.share) : { image: null, facts: {} };
      const { name, description, creator, share, kind } = body;
      const id = newId();
      const entry = { id, visitor: owner, name, description, creator, kind, shared: share, outline: outlineOf(body) };
      if (!(await store.insertEntry({ ...entry, ...source }, MAX_CATALOGUE_ENTRIES))) {
        const message = `You keep ${String(MAX_CATALOGUE_ENTRIES)} entries, which is the most. Remove one first.`;
        throw new AppError('QUOTA_EXCEEDED', { message });
      }
      const row = await store.getEntry(id);
      if (row === undefined) throw new AppError('NOT_FOUND');
      return catalogueEntry(row, true);
    },

    listCatalogueEntries: ({ query, visitor }) => search(query, visitor()),

    async catalogueEntryFeatures({ query, visitor, response }) {
      const { entries, next } = await search(query, visitor());
      response.type('application/geo+json');
      return {
        type: 'FeatureCollection',
        features: entries.map(({ id, geometry, bbox, ...properties }) => ({
          type: 'Feature' as const,
          id,
          geometry,
          bbox,
          properties,
        })),
        next,
      };
    },

    getCatalogueEntry: async (call) => {
      const row = await find(call.params.entry, call);
      return catalogueEntry(row, owns(row, call));
    },

    async changeCatalogueEntry(call) {
      const row = await findOwn(call.params.entry, call);
      const { name, description, creator, share } = call.body;
      if (share === true && row.facts.product !== undefined) {
        await entrySource(store, row.visitor, { product: row.facts.product }, true);
      }
      const outline = changedOutline(row, call.body);
      const changed = await store.changeEntry(row.id, { name, description, creator, shared: share, outline });
      if (changed === undefined) throw new AppError('NOT_FOUND');
      return catalogueEntry(changed, true);
    },

    async deleteCatalogueEntry(call) {
      const { id } = await findOwn(call.params.entry, call);
      if (!(await store.removeEntry(id))) throw new AppError('NOT_FOUND');
    },

    async getCatalogueEntryImage(call) {
      const row = await find(call.params.entry, call);
      const image = row.image === null ? undefined : await store.getImage(row.image);
      if (image === undefined) throw new AppError('NOT_FOUND');
      // Not the file itself: it may say where and by whom it was taken.
      const make = (signal: AbortSignal) => thumbnails.get(pictureOfImage(image), PICTURE_SIDE, signal);
      await sendView(call.request, call.response, `"${image.sha256.slice(0, 40)}-map"`, make);
    },
  };
}

function outlineOf(entry: NewCatalogueEntry): Outline {
  if (entry.kind === 'point') return [entry.point];
  return entry.kind === 'rectangle' ? boxOutline(entry.bbox) : cornersOutline(entry.corners);
}

/** @throws RequestProblems for a place that is none of this kind of entry. */
function changedOutline({ kind }: CatalogueEntryRow, change: CatalogueEntryChange): Outline | undefined {
  const wrong = (['point', 'bbox', 'corners'] as const).filter(
    (field) => change[field] !== undefined && FIELDS[kind] !== field,
  );
  if (wrong.length > 0) {
    throw new RequestProblems(
      'BAD_REQUEST',
      wrong.map((path) => ({ path, message: `An entry of this kind has no ${path}.` })),
    );
  }
  if (change.point !== undefined) return [change.point];
  if (change.bbox !== undefined) return boxOutline(change.bbox);
  return change.corners && cornersOutline(change.corners);
}

const FIELDS = { point: 'point', rectangle: 'bbox', image: 'corners' } as const;
