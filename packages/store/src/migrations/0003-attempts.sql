-- Attempts that ended without finishing their task; one that did, and one under way, can be read from the task itself.
create table attempts (
  job text not null,
  stage integer not null,
  index integer not null,
  -- The number of the attempt, as in `tasks`.
  attempt integer not null,
  -- Null: the broker gave the task up without anybody having begun it.
  executor text,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('failed', 'returned', 'lost', 'cancelled')),
  code text,
  primary key (job, stage, index, attempt)
);
