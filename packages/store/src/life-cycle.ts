/** SQL conditions on the column `state`, worded as in the partial indexes so that these are used. */
export const OPEN_JOB = `state in ('queued', 'running')`;
export const OPEN_TASK = `state in ('ready', 'publishing', 'published', 'running')`;
export const IN_FLIGHT_TASK = `state in ('publishing', 'published', 'running')`;
