import type { CataloguePeer } from '../catalogue-store.ts';
import type { Queryable } from '../database.ts';
import { integer, nullable, text } from '../row.ts';

export async function getPeer(database: Queryable, url: string): Promise<CataloguePeer> {
  const rows = await database.query('select feed, pulled, pushed from catalogue_peers where url = $1', [url]);
  const [known] = rows.map((row) => ({
    feed: nullable(text, row, 'feed'),
    pulled: integer(row, 'pulled'),
    pushed: integer(row, 'pushed'),
  }));
  return known ?? { feed: null, pulled: 0, pushed: 0 };
}

/** Several masters may tell of the same peer: the greater numbers count, until the peer has other numbers. */
export async function notePeer(
  database: Queryable,
  url: string,
  { feed, pulled = 0, pushed = 0 }: Partial<CataloguePeer> & { readonly feed: string },
): Promise<void> {
  await database.query(
    `insert into catalogue_peers (url, feed, pulled, pushed) values ($1, $2, $3::bigint, $4::bigint)
    on conflict (url) do update set
      feed = excluded.feed,
      pulled = case when catalogue_peers.feed = excluded.feed
        then greatest(catalogue_peers.pulled, excluded.pulled) else excluded.pulled end,
      pushed = case when catalogue_peers.feed = excluded.feed
        then greatest(catalogue_peers.pushed, excluded.pushed) else excluded.pushed end`,
    [url, feed, pulled, pushed],
  );
}
