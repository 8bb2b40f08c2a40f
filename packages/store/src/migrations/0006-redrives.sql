create index jobs_failed on jobs (finished_at) where state = 'failed';

-- Failed jobs that an operator took off the list of dead letters; one that fails again is on it again.
create table discards (
  job text primary key references jobs (id) on delete cascade,
  -- When the job had failed.
  failed_at timestamptz not null,
  actor text not null,
  at timestamptz not null default now()
);

-- An operator's order to bring failed jobs back, and the list of what was done.
create table redrives (
  id text primary key,
  seq bigint generated always as identity unique,
  -- Made up by whoever asks: asking twice with the same key starts one redrive.
  key text not null unique,
  actor text not null,
  filter jsonb not null,
  -- Jobs per second.
  rate double precision not null check (rate > 0),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'cancelled')),
  total integer not null,
  created_at timestamptz not null default now(),
  starts_at timestamptz not null,
  -- When the next job may be brought back; null: there is none left.
  next_at timestamptz,
  finished_at timestamptz,
  check ((state in ('done', 'cancelled')) = (finished_at is not null))
);
create index redrives_due on redrives (next_at) where state in ('waiting', 'running');

-- No reference to jobs: what was done is known longer than they are kept.
create table redrive_jobs (
  redrive text not null references redrives (id) on delete cascade,
  place integer not null,
  job text not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'redriven', 'succeeded', 'failed', 'cancelled', 'skipped')),
  primary key (redrive, place)
);
create index redrive_jobs_waiting on redrive_jobs (job) where state = 'waiting';
create index redrive_jobs_watched on redrive_jobs (job) where state = 'redriven';
