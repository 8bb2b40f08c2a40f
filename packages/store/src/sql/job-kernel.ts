/** Version of the kernel whose pixels a job's plan promises, in SQL; the job's row is `jobs`. */
export const JOB_KERNEL = `coalesce(jobs.kernel, jobs.plan ->> 'kernel')`;
