-- When an image was last asked for by a job that is gone by now; null: by none.
alter table images add column used_at timestamptz;
create index images_by_use on images (coalesce(used_at, created_at));
create index images_by_key on images (key);

create index jobs_ended on jobs (finished_at) where finished_at is not null;
create index jobs_of_image on jobs (image);
create index jobs_of_result on jobs ((result ->> 'key')) where result is not null;

-- Objects that no row refers to any more: deleted when due, then forgotten.
create table removals (
  key text primary key,
  due_at timestamptz not null
);
create index removals_due on removals (due_at);
