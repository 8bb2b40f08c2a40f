import type { Database } from '../database.ts';

/** What a database holds, one line each: tables with their columns, constraints, indexes, sequences, triggers. */
export async function readSchema(database: Database): Promise<string> {
  const rows = await database.query(`select * from (
    select 1 as kind, table_name || '.' || column_name as name,
      concat_ws(' ', data_type, case when is_nullable = 'NO' then 'not null' end, 'default ' || column_default,
        'identity ' || identity_generation) as line
    from information_schema.columns where table_schema = 'public'
    union all
    -- Newer servers list "not null" among the constraints, too.
    select 2, conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union all
    select 3, indexname, indexdef from pg_indexes where schemaname = 'public'
    union all
    select 4, sequencename, data_type::text from pg_sequences where schemaname = 'public'
    union all
    select 5, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    ) line order by kind, name collate "C"`);
  return `${rows.map((row) => `${String(row.name)}: ${String(row.line)}`).join('\n')}\n`;
}
