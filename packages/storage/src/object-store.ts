import type { Readable } from 'node:stream';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface PutOptions extends CallOptions {
  /** Media type; default `application/octet-stream`. */
  readonly contentType?: string | undefined;
}

/** Content type of objects that were stored without one. */
export const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

/** What a listing tells of an object. It has no content type: S3 would need a request per object for it. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  /** Quoted opaque tag that changes with the content. */
  readonly etag: string;
}

export interface ObjectFacts extends ListedObject {
  readonly contentType: string;
}

/**
 * Bytes `start … end - 1`; `end` may be left out for "to the end". The range must lie within the object; it may be
 * empty.
 */
export interface ByteRange {
  readonly start: number;
  readonly end?: number | undefined;
}

/** A piece of a composed object: literal bytes, or a (part of a) stored object. */
export type ComposePart = Uint8Array | { readonly key: string; readonly range?: ByteRange | undefined };

export interface PresignOptions extends CallOptions {
  readonly expiresSeconds: number;
  readonly contentDisposition?: string | undefined;
}

/**
 * Immutable bytes under deterministic keys (`uploads/…`, `work/…`, `results/…`). A key is made of segments separated by
 * single slashes, none empty or beginning with a dot; no key is a folder of another (`a` and `a/b`).
 *
 * All methods throw AppError: NOT_FOUND for a missing key, STORE_CORRUPT for bytes that are fewer or other than
 * promised, STORE_UNAVAILABLE for everything that may pass, RANGE_NOT_SATISFIABLE for a range outside the object,
 * BAD_REQUEST for a key that is none. The exceptions: an abort throws the signal's reason, a failed body its own error.
 */
export interface ObjectStore {
  /**
   * Stores a body of unknown length; nothing is visible under the key before the last byte is stored, and nothing
   * remains of it when the body or the signal fails.
   */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<ObjectFacts>;
  /** Reads an object or a range of it; the stream fails instead of ending early. */
  get(key: string, options?: CallOptions & { readonly range?: ByteRange | undefined }): Promise<Readable>;
  /** Facts of an object, or `undefined` if there is none. */
  head(key: string, options?: CallOptions): Promise<ObjectFacts | undefined>;
  /** All objects whose key begins with `prefix`, in the order of the keys' UTF-8 bytes. */
  list(prefix: string, options?: CallOptions): AsyncIterable<ListedObject>;
  /** Removes objects; missing ones are no error. */
  delete(keys: readonly string[], options?: CallOptions): Promise<void>;
  /** Concatenates parts, copying on the server where it can, in constant memory. */
  compose(key: string, parts: readonly ComposePart[], options?: PutOptions): Promise<ObjectFacts>;
  /** A URL that anybody may GET until it expires, or `undefined` where the store can't. */
  presign(key: string, options: PresignOptions): Promise<string | undefined>;
  /** Resolves if the store answers. */
  ping(options?: CallOptions): Promise<void>;
  close(): Promise<void>;
}
