create table images (
  id text primary key,
  visitor text not null,
  name text not null,
  key text not null,
  format text not null,
  width integer not null,
  height integer not null,
  channels integer not null,
  bytes bigint not null,
  sha256 text not null,
  progressive boolean not null,
  created_at timestamptz not null
);

create table jobs (
  id text primary key,
  -- Order of submission: what lists and batches are sorted by.
  seq bigint generated always as identity unique,
  visitor text not null,
  batch text,
  image text not null references images (id),
  plan jsonb not null,
  -- Tasks of each stage, as in the plan.
  stage_tasks integer[] not null check (cardinality(stage_tasks) > 0),
  reuse_key text not null,
  verify boolean not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- The stage under way, and its tasks that are not done. All stages done: the number of stages, and 0.
  stage integer not null,
  remaining integer not null check (remaining >= 0),
  error jsonb,
  result jsonb,
  reused boolean not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check ((state = 'done') = (result is not null)),
  check ((state = 'failed') = (error is not null)),
  check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null)),
  check ((state = 'done') = (stage = cardinality(stage_tasks)))
);

create index jobs_of_visitor on jobs (visitor, seq);
create index jobs_of_batch on jobs (batch, seq) where batch is not null;
create index jobs_open on jobs (visitor, seq) where state in ('queued', 'running');
create index jobs_reusable on jobs (reuse_key, seq) where state = 'done';

-- One row per task, which is also the outbox: what is ready waits to be published.
create table tasks (
  id text primary key,
  job text not null references jobs (id),
  stage integer not null,
  index integer not null,
  state text not null default 'ready'
    check (state in ('ready', 'publishing', 'published', 'running', 'done', 'failed', 'cancelled')),
  executor text,
  -- Attempts have numbers that only grow, so that a number is a fencing token: the last attempt that is over, the
  -- last that was begun, and the number that the allowed ones are counted from.
  attempts integer not null default 0,
  attempt integer not null default 0,
  attempts_base integer not null default 0,
  -- How often executors gave the task back, and when they first did.
  returns integer not null default 0,
  returned_at timestamptz,
  milliseconds double precision,
  error jsonb,
  -- Not published before this time.
  ready_at timestamptz not null default now(),
  -- When `state` was set, and when an executor last said that it works on the task.
  state_at timestamptz not null default now(),
  seen_at timestamptz,
  unique (job, stage, index)
);

create index tasks_ready on tasks (job, stage, index) where state = 'ready';
create index tasks_in_flight on tasks (job) where state in ('publishing', 'published', 'running');

-- When a job was last given a place in the queues, as a number that grows; the relay takes turns by it.
create sequence turn_seq;
create table turns (
  job text primary key,
  visitor text not null,
  served bigint not null
);
alter sequence turn_seq owned by turns.served;
create index turns_of_visitor on turns (visitor, served);

-- What visitors watch. `seq` is given after the commit, in the order of reading; see sql/number-changes.ts.
create table changes (
  id bigint generated always as identity primary key,
  seq bigint unique,
  job text not null,
  kind text not null check (kind in ('job', 'task')),
  task jsonb,
  at timestamptz not null default now(),
  check ((kind = 'task') = (task is not null))
);

create sequence change_seq owned by changes.seq;
create index changes_unnumbered on changes (id) where seq is null;
create index changes_by_time on changes (at);
