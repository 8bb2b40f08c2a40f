-- When a kept pipeline was last listed, got or changed, so that what nobody looks for any more can be forgotten.
alter table pipelines add column seen_at timestamptz not null default now();
create index pipelines_seen on pipelines (seen_at);
