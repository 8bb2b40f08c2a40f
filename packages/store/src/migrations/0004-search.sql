-- A visitor's jobs in one state, newest first: what the history's filter asks for.
create index jobs_of_visitor_by_state on jobs (visitor, state, seq);
