/**
 * A condition: whether a finished job has this object as its result or beside it. Each way has an index of its own.
 *
 * @param key an expression of the object's key.
 */
export function isResult(key: string): string {
  return `(
    exists (select from jobs where jobs.result is not null and jobs.result ->> 'key' = ${key})
    or exists (
      select from jobs
      where (jobs.result -> 'companions') is not null
        and jobs.result -> 'companions' @> jsonb_build_array(jsonb_build_object('key', ${key}))
    )
    or exists (
      select from jobs
      where (jobs.result -> 'reports') is not null
        and jobs.result -> 'reports' @> jsonb_build_array(jsonb_build_object('key', ${key}))
    )
  )`;
}
