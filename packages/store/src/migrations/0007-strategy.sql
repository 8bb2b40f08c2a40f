-- How the job's tasks find their executors: 'balanced' by the common queue, 'random' by inboxes drawn for each.
alter table jobs add column strategy text not null default 'balanced';

-- The inbox that a task in flight was sent to; null: the common queue.
alter table tasks add column sent_to text;
-- How often in a row executors turned the task away, without ever beginning it, and the last that did.
alter table tasks add column turned_away integer not null default 0;
alter table tasks add column turned_away_by text;
