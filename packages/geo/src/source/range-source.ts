/** Bytes that are read in pieces. */
export interface RangeSource {
  /** Where they are, for messages and logs. */
  readonly url: string;
  /** How many there are, once that is known. */
  readonly bytes?: number | undefined;
  /**
   * Bytes `start … start + length - 1`; fewer only where the source ends.
   *
   * @throws AppError when they can not be read; the signal's reason.
   */
  read(start: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}
