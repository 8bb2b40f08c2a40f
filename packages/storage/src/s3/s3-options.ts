/** Smallest part of a multipart upload in bytes, except for the last one: a rule of S3. */
export const MIN_PART_BYTES = 5 * 1024 * 1024;
/** Largest part, put or copied, in bytes. */
export const MAX_PART_BYTES = 5 * 1024 ** 3;
/** Most parts of an upload. */
export const MAX_PARTS = 10_000;

export interface S3StoreOptions {
  /** URL of the server; without it AWS's for the region. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  /** An existing bucket. */
  readonly bucket: string;
  /** Without keys the AWS SDK finds credentials by its own chain (environment, files, instance role). */
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  /** Address buckets as `endpoint/bucket` instead of `bucket.endpoint`; most servers other than AWS need it. */
  readonly forcePathStyle: boolean;
  /** Put before every key; a slash is added at its end. */
  readonly prefix?: string | undefined;
  /**
   * Bytes of an upload's first parts, and the largest object that is put in one request: at least 5 MiB, default 8 MiB.
   * At most 3 of them are in memory per call.
   */
  readonly partBytes?: number | undefined;
  /**
   * Longest wait for an answer in milliseconds, and for more bytes of a stream; requests that move bytes get more in
   * proportion. Default 10 000. A call gives up after three times this.
   */
  readonly requestTimeoutMilliseconds?: number | undefined;
  /**
   * Whether all parts of an upload but the last have one length, `partBytes` or a multiple: some servers take no others.
   * Default false, for then the server itself copies more of what is composed.
   */
  readonly equalParts?: boolean | undefined;
  /** File of PEM certificates trusted besides the well-known ones. */
  readonly caFile?: string | undefined;
  /**
   * Whether uploads carry CRC32 checksums and reads of whole objects are checked against them. Default true; servers
   * that know nothing of them ignore them. Switch it off for servers that refuse them.
   */
  readonly checksums?: boolean | undefined;
}
