/** Something that can be found by its words. */
export interface Entry {
  readonly title: string;
  /** All other words it may be found by. */
  readonly words: string;
}

/** Lower case without accents and vowel signs, so that people need not type them. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function rankOf(title: string, query: string): number {
  if (title.startsWith(query)) return 0;
  return title.includes(query) ? 1 : 2;
}

/** Entries that hold every word of the query, in parts too; those whose title fits come first, else in their order. */
export function searchEntries<T extends Entry>(entries: readonly T[], query: string): readonly T[] {
  const wanted = plain(query.trim());
  if (wanted === '') return entries;
  const parts = wanted.split(/\s+/);
  return entries
    .filter(({ title, words }) => {
      const text = plain(`${title} ${words}`);
      return parts.every((part) => text.includes(part));
    })
    .map((entry) => ({ entry, rank: rankOf(plain(entry.title), wanted) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}
