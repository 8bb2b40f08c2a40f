-- Who discarded what is known longer than the jobs are kept; discards of jobs that are gone are pruned by their age.
alter table discards drop constraint discards_job_fkey;
create index discards_by_time on discards (at);
