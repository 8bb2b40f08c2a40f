-- Version of the kernel whose pixels the plan promises, beside it, so that it is found without reading plans. Null: it was
-- inserted by a version of the program that did not know of this column.
alter table jobs add column kernel text;
