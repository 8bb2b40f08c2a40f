/**
 * Makes file names unique, also where upper and lower case are the same: the second `a.png` becomes `a (2).png`. The
 * same list gives the same names.
 */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    const folded = fold(name);
    let unique = name;
    for (let n = counts.get(folded) ?? 1; taken.has(fold(unique)); n += 1) {
      unique = numbered(name, n + 1);
      counts.set(folded, n + 1);
    }
    taken.add(fold(unique));
    return unique;
  });
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase();

function numbered(name: string, n: number): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, name.length - extension.length)} (${n})${extension}`;
}
