import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The names that the files, or what they import by relative paths, inject: `inject('amqpUrl')` gives `amqpUrl`. */
export function injectedNames(files: readonly string[]): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name] of text.matchAll(/\binject\(\s*['"](\w+)['"]/g)) if (name) names.add(name);
    for (const [, path] of text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) {
      if (path) waiting.push(resolve(dirname(file), path));
    }
  }
  return names;
}
