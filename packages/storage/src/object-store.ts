import type { Readable } from 'node:stream';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface PutOptions extends CallOptions {
  readonly contentType?: string | undefined;
}

export interface ObjectFacts {
  readonly key: string;
  readonly bytes: number;
  /** Quoted opaque tag that changes with the content. */
  readonly etag: string;
  readonly contentType: string;
}

/** Bytes `start … end - 1`; `end` may be left out for "to the end". */
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
 * Immutable bytes under deterministic keys (`uploads/…`, `work/…`, `results/…`).
 *
 * All methods throw AppError: NOT_FOUND for a missing key, STORE_CORRUPT for bytes that are fewer or other than
 * promised, STORE_UNAVAILABLE for everything that may pass, RANGE_NOT_SATISFIABLE for a range outside the object.
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
  /** All objects whose key begins with `prefix`, in key order. */
  list(prefix: string, options?: CallOptions): AsyncIterable<ObjectFacts>;
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
