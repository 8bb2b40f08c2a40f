-- Pipelines that visitors keep under a name.
create table pipelines (
  id text primary key,
  visitor text not null,
  name text not null,
  pipeline jsonb not null,
  output jsonb not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index pipelines_of_visitor on pipelines (visitor, changed_at);
