import { createKernelMemory, type RankKernels } from './simd/kernels.ts';

/** Memory that stacks of samples are laid in, one after the other: made once, used for one region after another. */
export interface SampleSpace {
  readonly buffer: ArrayBuffer;
  /** First byte that stacks may use; a multiple of 16. */
  readonly start: number;
  /** Bytes that stacks may use. */
  readonly bytes: number;
  /** Kernels that work in this memory; `null`: samples are ranked one by one. */
  readonly kernels: RankKernels | null;
}

/**
 * Makes a space for stacks of up to so many bytes. A space belongs to one thread.
 *
 * @param vectors whether vector kernels are used where there are any; the pixels are the same.
 */
export function createSampleSpace(bytes: number, vectors = true): SampleSpace {
  const memory = vectors ? createKernelMemory(bytes) : null;
  return memory ? { ...memory, bytes } : { buffer: new ArrayBuffer(bytes), start: 0, bytes, kernels: null };
}
