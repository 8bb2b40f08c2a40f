import type {
  Bbox,
  CatalogueEntryKind,
  CatalogueKind,
  CatalogueRecord,
  Outline,
  ResultFacts,
} from '@tessera/contracts';

/** What is said of things on the map. */
interface CatalogueWords {
  readonly name: string;
  readonly description: string;
  readonly creator: string;
}

/** What every thing in the catalogue has. */
interface CatalogueItem extends CatalogueWords {
  readonly id: string;
  /** Order of appearance in this catalogue. */
  readonly place: number;
  /** Null: of this site. */
  readonly origin: string | null;
  /** Whose it is; null: another site's. */
  readonly visitor: string | null;
  readonly shared: boolean;
  readonly outline: Outline;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Addresses of the files of a product of another site. */
export interface RemoteFiles {
  readonly cog: string;
  readonly picture: string | null;
  readonly legend: string | null;
  readonly legendData: string | null;
}

export interface ProductFacts {
  readonly index: string | null;
  readonly epsg: number;
  /** Metres. */
  readonly resolution: number;
  readonly width: number;
  readonly height: number;
  /** Of products of other sites. */
  readonly links?: RemoteFiles | undefined;
}

/** What a job's product is to be in the catalogue once it is done. */
export interface NewCatalogueProduct extends CatalogueWords {
  readonly id: string;
  readonly kind: CatalogueKind;
  readonly shared: boolean;
  readonly outline: Outline;
  readonly facts: ProductFacts;
  /** When its scenes were taken. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

export interface CatalogueProductRow extends CatalogueItem {
  readonly kind: CatalogueKind;
  readonly facts: ProductFacts;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** Null: another site's. */
  readonly job: string | null;
  /** The files of an own product. */
  readonly result: ResultFacts | null;
}

export interface EntryFacts {
  /** Address of the picture of an entry of another site. */
  readonly link?: string | undefined;
  /** The product whose picture an image entry shows. */
  readonly product?: string | undefined;
}

export interface NewCatalogueEntry extends CatalogueWords {
  readonly id: string;
  readonly visitor: string;
  readonly kind: CatalogueEntryKind;
  readonly shared: boolean;
  readonly outline: Outline;
  /** The uploaded image that an image entry shows. */
  readonly image: string | null;
  readonly facts: EntryFacts;
}

export interface CatalogueEntryRow extends CatalogueItem {
  readonly kind: CatalogueEntryKind;
  readonly image: string | null;
  readonly facts: EntryFacts;
}

/** An area without its holes; one corner is a point, two are a line. */
export interface CatalogueShape {
  readonly outline: Outline;
  readonly holes: readonly Outline[];
}

export interface CatalogueQuery {
  /** Who asks, and so sees what is not shared of the own; null: nobody in particular. */
  readonly visitor: string | null;
  /** That visitor's only. */
  readonly own?: boolean | undefined;
  /** Whose area meets this one; edges belong to both. */
  readonly bbox?: Bbox | undefined;
  /** Whose area meets one of these. */
  readonly shapes?: readonly CatalogueShape[] | undefined;
  /** A part of name, description or creator, in any case; no character of it is special. */
  readonly text?: string | undefined;
  readonly creator?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly limit: number;
  /** The `next` of an earlier page. */
  readonly before?: number | undefined;
}

export interface CatalogueProductQuery extends CatalogueQuery {
  readonly index?: string | undefined;
  /** Imagery of that time, ends included; where that is not known the time at which the product was made. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** What is shared of one kind. */
export interface CatalogueExtent {
  readonly kind: CatalogueKind;
  readonly products: number;
  /** West and south of all, east and north of all; east may be beyond 180. */
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly from: Date;
  readonly to: Date;
}

/** A thing as it is now, for those who follow the changes. `product` and `entry` null: gone, or no longer shared. */
export type CatalogueChangeRow = {
  readonly seq: number;
  readonly id: string;
  readonly origin: string | null;
  /** The number of its state at the site it comes from. */
  readonly revision: number;
} & (
  | { readonly type: 'product'; readonly product: CatalogueProductRow | null }
  | { readonly type: 'entry'; readonly entry: CatalogueEntryRow | null }
);

/** Changes of a thing; what is left out stays. */
type WordsPatch = { readonly [Word in keyof CatalogueWords]?: string | undefined };
export type CatalogueProductPatch = WordsPatch & {
  readonly shared?: boolean | undefined;
  readonly startsAt?: Date | null | undefined;
  readonly endsAt?: Date | null | undefined;
};
export type CatalogueEntryPatch = WordsPatch & {
  readonly shared?: boolean | undefined;
  readonly outline?: Outline | undefined;
};

/** How far this site and a central one know each other's changes. */
export interface CataloguePeer {
  readonly feed: string | null;
  readonly pulled: number;
  readonly pushed: number;
}

/** Products and entries on the map. As in `JobStore` every method is one transaction, by the database's clock. */
export interface CatalogueStore {
  /** Newest first. */
  searchProducts(
    query: CatalogueProductQuery,
  ): Promise<{ readonly products: readonly CatalogueProductRow[]; readonly next: number | null }>;
  getProduct(id: string): Promise<CatalogueProductRow | undefined>;
  /** Changes an own product; undefined if there is none. */
  changeProduct(id: string, patch: CatalogueProductPatch): Promise<CatalogueProductRow | undefined>;
  /** How many products of a visitor are shared, or will be when their jobs are done. */
  countShared(visitor: string): Promise<number>;
  /** Takes an own product, or one of another site, out of the catalogue; its job stays. Tells whether it was there. */
  removeProduct(id: string): Promise<boolean>;
  /** What is shared, by kind. */
  productExtents(): Promise<readonly CatalogueExtent[]>;

  /**
   * Puts something on the map; tells false, and does nothing, where the visitor has `most` already.
   *
   * @throws AppError NOT_FOUND if the image is unknown, CONFLICT if the id exists.
   */
  insertEntry(entry: NewCatalogueEntry, most: number): Promise<boolean>;
  searchEntries(
    query: CatalogueQuery,
  ): Promise<{ readonly entries: readonly CatalogueEntryRow[]; readonly next: number | null }>;
  getEntry(id: string): Promise<CatalogueEntryRow | undefined>;
  changeEntry(id: string, patch: CatalogueEntryPatch): Promise<CatalogueEntryRow | undefined>;
  removeEntry(id: string): Promise<boolean>;

  /** Name of the numbers below. */
  catalogueFeed(): Promise<string>;
  /** What changed after a number, oldest first, each thing once; whoever has seen a number has seen all below it. */
  catalogueChanges(query: {
    readonly after: number;
    readonly limit: number;
    /** Things of this site only. */
    readonly own?: boolean | undefined;
  }): Promise<{ readonly changes: readonly CatalogueChangeRow[]; readonly next: number; readonly more: boolean }>;
  /** Takes over what other sites tell, where it is newer than what is known. Gives the number of those that were. */
  putRecords(records: readonly CatalogueRecord[]): Promise<number>;
  getPeer(url: string): Promise<CataloguePeer>;
  /** Notes how far the changes are known; numbers only grow while the feed is the same. */
  notePeer(url: string, peer: Partial<CataloguePeer> & { readonly feed: string }): Promise<void>;
}
