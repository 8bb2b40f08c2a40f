import { parse } from 'dotenv';
import { blocksFor, fillIn } from './page-block.ts';

/**
 * The settings that a page shows for a file, as a process reads them.
 *
 * @param words in place of those that are each reader's own.
 */
export function pageSettings(
  page: string,
  file: string,
  words: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [block, ...others] = blocksFor(page, [file]);
  if (block === undefined || others.length > 0) throw new Error(`${page} has several blocks for ${file}.`);
  return parse(fillIn(block, words).commands);
}
