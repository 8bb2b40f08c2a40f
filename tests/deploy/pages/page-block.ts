import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../machines/checkout.ts';

/** Commands of a page, to be run word for word. */
export interface PageBlock {
  /** Path in the project. */
  readonly page: string;
  /** The heading that they stand below. */
  readonly heading: string;
  /** Number of the line on which the fence opens, from one. */
  readonly line: number;
  /** The word behind the fence's language: the machine or the file that they are for. Empty where there is none. */
  readonly place: string;
  readonly commands: string;
}

/** Pages whose commands an operator or a newcomer types. */
export function operatorPages(): readonly string[] {
  return ['README.md', 'docs/operator.md', ...globSync('docs/operator/*.md', { cwd: checkout }).sort()];
}

/** All fenced blocks of a page that hold commands or settings for a shell, in order. */
export function readPageBlocks(page: string): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  let heading = '';
  let open: { fence: string; shell: boolean; place: string; line: number; lines: string[] } | undefined;
  for (const [index, text] of readFileSync(join(checkout, page), 'utf8').split('\n').entries()) {
    const [, indent = '', fence = '', language = '', place = ''] =
      /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(text) ?? [];
    if (open === undefined) {
      if (fence !== '') {
        const shell = /^(sh|bash|shell|zsh|console|shell-session)$/.test(language);
        open = { fence, shell, place: place.trim(), line: index + 1, lines: [] };
        if (shell && indent !== '') throw new Error(`${page}:${String(index + 1)}: a block of commands is indented.`);
      } else heading = /^#+ (.*)$/.exec(text)?.[1] ?? heading;
    } else if (fence.startsWith(open.fence) && language === '') {
      const { shell, place, line, lines } = open;
      if (shell) blocks.push({ page, heading, line, place, commands: `${lines.join('\n')}\n` });
      open = undefined;
    } else open.lines.push(text);
  }
  if (open !== undefined) throw new Error(`${page}: the block of line ${String(open.line)} has no end.`);
  return blocks;
}

/** The blocks of a page for some places, below one heading if one is named. @throws Error where there are none. */
export function blocksFor(page: string, places: readonly string[], heading?: string): readonly PageBlock[] {
  const blocks = readPageBlocks(page).filter(
    (block) => places.includes(block.place) && (heading === undefined || block.heading === heading),
  );
  if (blocks.length === 0)
    throw new Error(
      `${page} has no commands for ${places.join(', ')}${heading === undefined ? '' : ` below "${heading}"`}.`,
    );
  return blocks;
}

/** A block with other words in place of some that are each reader's own. @throws Error where one of these is missing. */
export function fillIn(block: PageBlock, words: Readonly<Record<string, string>>): PageBlock {
  let { commands } = block;
  for (const [word, own] of Object.entries(words)) {
    if (!commands.includes(word)) throw new Error(`${block.page}:${String(block.line)} does not hold "${word}".`);
    commands = commands.replaceAll(word, own);
  }
  return { ...block, commands };
}
