import { AppError } from '@tessera/runtime';
import { RequestProblems } from '../http/problems.ts';

/**
 * Runs what plans a job; where a step does not compute in the image's depth, the refusal names the step by its path.
 *
 * @throws RequestProblems UNSUPPORTED_DEPTH, and what planning throws.
 */
export function namingDepthStep<Planned>(plan: () => Planned): Planned {
  try {
    return plan();
  } catch (error) {
    if (!AppError.is(error) || error.code !== 'UNSUPPORTED_DEPTH') throw error;
    const path = `pipeline.${String(error.details.step)}`;
    throw new RequestProblems('UNSUPPORTED_DEPTH', [{ path, message: error.message }]);
  }
}
