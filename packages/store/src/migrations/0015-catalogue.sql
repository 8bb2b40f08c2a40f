-- What is where on the earth: products and what people put on the map, of this site and of others.

-- Numbers of changes that other sites read by, as those of `changes` are: given by readers, in the order of commits.
create sequence catalogue_seq;
-- Names these numbers: another database has others.
create table catalogue_feed (id text primary key);
insert into catalogue_feed values (replace(gen_random_uuid()::text, '-', ''));

-- One row for each georeferenced product of a job, written when the job is done, and for each of another site.
create table catalogue_products (
  id text primary key,
  -- Order of appearance: what lists are sorted by.
  place bigint generated always as identity unique,
  -- The site it comes from, and that site's number of its state; null: this one.
  origin text,
  revision bigint not null default 0,
  -- Whose it is; null: another site's.
  visitor text,
  job text unique,
  shared boolean not null,
  -- It was shared at some time, so that others may know it; only such ones are told of.
  told boolean not null,
  -- A tombstone: of what was there only the id is left, for those who know it.
  gone boolean not null default false,
  -- Null: changed, and not numbered since.
  seq bigint unique,
  name text not null,
  description text not null,
  creator text not null,
  kind text not null,
  -- Corners in degrees. West of 180; what crosses the antimeridian goes on beyond it.
  area polygon,
  facts jsonb not null,
  starts_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (gone or area is not null)
);
create index catalogue_products_by_area on catalogue_products using gist (area) where not gone;
create index catalogue_products_of_visitor on catalogue_products (visitor, place) where not gone;
create index catalogue_products_shared on catalogue_products (place) where shared;
create index catalogue_products_unnumbered on catalogue_products (id) where seq is null and told;

-- Points, rectangles and images that people put on the map; the columns are those of products.
create table catalogue_entries (
  id text primary key,
  place bigint generated always as identity unique,
  origin text,
  revision bigint not null default 0,
  visitor text,
  -- The uploaded image that it shows, which is kept as long as the entry is.
  image text,
  shared boolean not null,
  told boolean not null,
  gone boolean not null default false,
  seq bigint unique,
  name text not null,
  description text not null,
  creator text not null,
  kind text not null,
  area polygon,
  facts jsonb not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (gone or area is not null)
);
create index catalogue_entries_by_area on catalogue_entries using gist (area) where not gone;
create index catalogue_entries_of_visitor on catalogue_entries (visitor, place) where not gone;
create index catalogue_entries_shared on catalogue_entries (place) where shared;
create index catalogue_entries_unnumbered on catalogue_entries (id) where seq is null and told;
create index catalogue_entries_of_image on catalogue_entries (image) where image is not null;

-- How far this site and a central one know each other's changes.
create table catalogue_peers (
  url text primary key,
  -- Name of the other's numbers; `pulled` is one of them, `pushed` one of ours.
  feed text,
  pulled bigint not null default 0,
  pushed bigint not null default 0
);

-- What a job's product is to be in the catalogue once it is done.
alter table jobs add column product jsonb;

-- Many statements end and remove jobs, those of the version before among them: whichever does, does this with it.
create function note_product() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from catalogue_products where job = old.id and not told;
    update catalogue_products
    set gone = true, shared = false, seq = null, changed_at = now(), visitor = null, job = null, area = null,
      name = '', description = '', creator = '', facts = '{}', starts_at = null, ends_at = null
    where job = old.id;
  else
    insert into catalogue_products
      (id, visitor, job, shared, told, name, description, creator, kind, area, facts, starts_at, ends_at)
    select p ->> 'id', new.visitor, new.id, (p ->> 'shared')::boolean, (p ->> 'shared')::boolean,
      p ->> 'name', p ->> 'description', p ->> 'creator', p ->> 'kind', (p ->> 'area')::polygon, p -> 'facts',
      (p ->> 'startsAt')::timestamptz, (p ->> 'endsAt')::timestamptz
    from (select new.product as p) wish
    on conflict do nothing;
  end if;
  return null;
end
$$;
create trigger products_begun_done after insert on jobs
  for each row when (new.product is not null and new.state = 'done') execute function note_product();
create trigger products_done after update of state on jobs
  for each row when (new.product is not null and new.state = 'done' and old.state <> 'done')
  execute function note_product();
create trigger products_removed after delete on jobs
  for each row when (old.product is not null) execute function note_product();
