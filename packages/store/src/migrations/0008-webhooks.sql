-- Addresses that are told when jobs end. One that was given for a batch is of all jobs that joined it with it.
create table webhooks (
  id text primary key,
  visitor text not null,
  -- Null: of jobs without a batch.
  batch text,
  url text not null,
  secret text not null,
  created_at timestamptz not null default now()
);
create unique index webhooks_of_batch on webhooks (batch, md5(url)) where batch is not null;

-- What is to be told, and how that went. Never older than the job, or the last job of the batch, that it is about.
create table deliveries (
  -- 128 bits that nobody can guess, in base64url.
  id text primary key
    default translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_'),
  seq bigint generated always as identity unique,
  webhook text not null references webhooks (id) on delete cascade,
  visitor text not null,
  -- Null: about the batch.
  job text,
  -- How the job ended; of a batch what its jobs came to, noted when it is first told.
  facts jsonb,
  at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  -- Not tried before this time; while it is tried, when the master that does counts as dead.
  due_at timestamptz not null default now(),
  -- Tries that were begun: a number that only grows, so a fencing token; and the one that retries are counted from.
  attempts integer not null default 0,
  attempts_base integer not null default 0,
  tried_at timestamptz,
  -- The last answer: a status of HTTP, or why there was none.
  status integer,
  error text,
  check (job is null or facts is not null)
);
create index deliveries_due on deliveries (due_at) where state = 'waiting';
create index deliveries_of_webhook on deliveries (webhook, seq);
create index deliveries_of_job on deliveries (job) where job is not null;
-- A batch that ends, is joined, and ends again before anybody was told has ended once.
create unique index deliveries_of_batch on deliveries (webhook) where job is null and state = 'waiting' and attempts = 0;

alter table jobs add column webhook text;
create index jobs_of_webhook on jobs (webhook) where webhook is not null;
create index jobs_open_of_webhook on jobs (webhook) where webhook is not null and state in ('queued', 'running');

-- Whatever ends, brings back or removes a job that has a webhook notes it in the same transaction: there are many such
-- statements, and those of the version before do it, too. Jobs without one are told apart by the trigger's condition.
create function note_webhook() returns trigger language plpgsql as $$
declare
  hook webhooks%rowtype;
  of_job jobs.webhook%type;
begin
  if tg_op = 'DELETE' then of_job := old.webhook; else of_job := new.webhook; end if;
  -- Jobs of one webhook one after the other: of two that end at one time the second sees that it is the last.
  select * into hook from webhooks where id = of_job for no key update;
  if not found then return null; end if;
  if tg_op = 'DELETE' then
    delete from deliveries where job = old.id;
    delete from webhooks where id = hook.id and not exists (select from jobs where webhook = hook.id);
    if found then return null; end if;
  elsif new.finished_at is not null then
    insert into deliveries (webhook, visitor, job, facts)
    values (hook.id, hook.visitor, new.id, jsonb_build_object(
      'batch', new.batch, 'state', new.state, 'result', new.result, 'error', new.error, 'reused', new.reused));
  end if;
  if hook.batch is null then return null; end if;
  if exists (select from jobs where webhook = hook.id and state in ('queued', 'running')) then
    delete from deliveries where webhook = hook.id and job is null and state = 'waiting' and attempts = 0;
  elsif tg_op <> 'DELETE' or old.finished_at is null then
    -- Clients add images to a batch one by one, and the first may be done before the second has come.
    insert into deliveries (webhook, visitor, due_at) values (hook.id, hook.visitor, now() + interval '2 seconds')
    on conflict (webhook) where job is null and state = 'waiting' and attempts = 0 do nothing;
  end if;
  return null;
end
$$;

create trigger jobs_begun_with_webhook after insert on jobs
  for each row when (new.webhook is not null) execute function note_webhook();
create trigger jobs_changed_with_webhook after update of state on jobs
  for each row when (new.webhook is not null and new.state is distinct from old.state) execute function note_webhook();
create trigger jobs_removed_with_webhook after delete on jobs
  for each row when (old.webhook is not null) execute function note_webhook();
