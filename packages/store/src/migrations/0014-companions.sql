-- Files beside a result are kept and removed with it; whether an object is one is asked by its key.
create index jobs_of_companion on jobs using gin ((result -> 'companions') jsonb_path_ops)
where (result -> 'companions') is not null;
