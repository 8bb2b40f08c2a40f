-- Whose upload it is, so that the unfinished ones of a visitor can be counted. Null: begun before this was written down.
alter table uploads add column visitor text;
create index uploads_unfinished on uploads (visitor) where ended_at is null;
