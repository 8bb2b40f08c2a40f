-- Bits of a sample of the file, 8 or 16. Images that were stored before are worked on in 8 bits, as they were then.
alter table images add column depth smallint not null default 8;
