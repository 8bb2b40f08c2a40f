/**
 * What ids of tasks of a job that was planned anew end with, in SQL: events of tasks of a plan before then say nothing of
 * those of this one. The job's row is `jobs`.
 */
export const PLAN_MARK = `coalesce('.again-' || (jobs.plan ->> 'again'), '')`;
