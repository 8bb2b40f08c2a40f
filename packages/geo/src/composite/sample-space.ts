/** Memory that stacks of samples are laid in, one after the other: made once, used for one region after another. */
export interface SampleSpace {
  readonly buffer: ArrayBuffer;
  /** First byte that stacks may use. */
  readonly start: number;
  /** Bytes that stacks may use. */
  readonly bytes: number;
}

/** Makes a space for stacks of up to so many bytes. */
export function createSampleSpace(bytes: number): SampleSpace {
  return { buffer: new ArrayBuffer(bytes), start: 0, bytes };
}
