import { it } from 'vitest';
import { blocksFor, type PageBlock } from './page-block.ts';

/** What a test adds to the commands below one heading. */
export interface SceneStep {
  /** What has to be so before the reader comes to these commands. */
  readonly before?: () => Promise<void>;
  /** Looks at what they did. @param outputs what each block printed. */
  readonly after?: (outputs: readonly string[]) => Promise<void>;
  /** How these blocks are run, where it is not as all others of the place. */
  readonly run?: (block: PageBlock) => Promise<string>;
}

/** A test for each heading of a page with commands for the place: all of them, word for word, in the page's order. */
export function followPage(
  page: string,
  place: string,
  run: (block: PageBlock) => Promise<string>,
  steps: Readonly<Record<string, SceneStep>> = {},
): void {
  const blocks = blocksFor(page, [place]);
  const headings = [...new Set(blocks.map(({ heading }) => heading))];
  for (const heading of Object.keys(steps)) {
    if (!headings.includes(heading)) throw new Error(`${page} has no commands for "${place}" below "${heading}".`);
  }
  for (const heading of headings) {
    it(`${page}: ${heading}`, async () => {
      const step = steps[heading];
      await step?.before?.();
      const outputs: string[] = [];
      for (const block of blocks) if (block.heading === heading) outputs.push(await (step?.run ?? run)(block));
      await step?.after?.(outputs);
    });
  }
}
