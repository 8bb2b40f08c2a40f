import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface GeneratedFile {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly content: string;
}

/**
 * Writes the files, or with `check` compares them with what is there.
 *
 * @returns an exit code: 1 when a compared file differs.
 */
export function writeGenerated(files: readonly GeneratedFile[], options: { readonly check: boolean }): number {
  const stale = files.filter(({ path, content }) => !existsSync(path) || readFileSync(path, 'utf8') !== content);
  for (const { path, content } of stale) {
    if (options.check) console.error(`${path} is not what its generator writes: run \`npm run docs\`.`);
    else {
      writeFileSync(path, content);
      console.log(`Wrote ${path}.`);
    }
  }
  return options.check && stale.length > 0 ? 1 : 0;
}
