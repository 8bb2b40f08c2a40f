-- Stages that a job did not need, for an operation was settled after fewer rounds than were planned.
alter table jobs add column passed_over integer[] not null default '{}';

-- What operations found out is kept and removed with the result; whether an object is such a report is asked by its key.
create index jobs_of_report on jobs using gin ((result -> 'reports') jsonb_path_ops)
where (result -> 'reports') is not null;
