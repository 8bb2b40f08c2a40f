-- Files that arrive in pieces. Once all of it was looked at, `ended_at` is set; `refusal` says why it is no image.
create table uploads (
  id text primary key,
  name text not null,
  bytes bigint not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  refusal jsonb
);
create index uploads_by_age on uploads (created_at);
