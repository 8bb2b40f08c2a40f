import { createSampleSpace, type SampleSpace } from './sample-space.ts';

/** Kept for the next composite of this thread: memory that is given back is only freed some time later. */
let idle: SampleSpace | undefined;

/**
 * Runs something with a space for stacks of samples, of at least so many bytes: that of the composite before, where it is
 * large enough and not in use.
 */
export async function withSampleSpace<Result>(
  bytes: number,
  run: (space: SampleSpace) => Promise<Result>,
): Promise<Result> {
  const kept = idle;
  idle = undefined;
  const space = kept !== undefined && kept.bytes >= bytes ? kept : createSampleSpace(bytes);
  try {
    return await run(space);
  } finally {
    idle = space;
  }
}
