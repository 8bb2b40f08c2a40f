import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tryCommand } from '../../services/run-command.ts';
import { checkout } from '../machines/checkout.ts';
import { followed, notFollowed } from './followed.ts';
import { operatorPages, readPageBlocks } from './page-block.ts';

const blocks = operatorPages().flatMap(readPageBlocks);
const entries = [followed, notFollowed].flatMap((places) =>
  Object.entries(places).flatMap(([page, words]) =>
    Object.entries(words).map(([place, said]) => ({ page, place, said })),
  ),
);

describe('the commands of the pages', () => {
  it('are each followed by a test, or it is said why not', () => {
    expect(blocks.length).toBeGreaterThan(40);
    for (const { page, place, line } of blocks) {
      const said = entries.filter((entry) => entry.page === page && entry.place === place);
      expect(said, `${page}:${String(line)}: what follows the commands for the place "${place}"?`).toHaveLength(1);
    }
  });

  it('are all there that tests follow', () => {
    for (const { page, place } of entries) {
      const found = blocks.some((block) => block.page === page && block.place === place);
      expect(found, `${page} has no commands for the place "${place}"`).toBe(true);
    }
  });

  it('are followed by tests that name the page and the place', () => {
    for (const [page, places] of Object.entries(followed)) {
      for (const [place, test] of Object.entries(places)) {
        const file = join(checkout, 'tests', test);
        expect(existsSync(file), file).toBe(true);
        const text = readFileSync(file, 'utf8');
        expect(text.includes(`'${page}'`), `${test} names ${page}`).toBe(true);
        expect(new RegExp(`'${place}'|\\broles\\b`).test(text), `${test} names the place ${place} of ${page}`).toBe(
          true,
        );
      }
    }
  });

  it('that are settings have comments on lines of their own, for systemd takes others for values', () => {
    for (const { page, place, line, commands } of blocks) {
      if (place !== 'settings' && !place.endsWith('.env')) continue;
      const odd = commands
        .trim()
        .split('\n')
        .filter((text) => !/^(#.*|[A-Z][A-Z0-9_]*=\S*)$/.test(text));
      expect(odd, `${page}:${String(line)}`).toEqual([]);
    }
  });

  it('are what a shell understands', async () => {
    for (const { page, line, commands } of blocks) {
      const checked = await tryCommand('bash', ['-n', '-c', commands]);
      expect(checked, `${page}:${String(line)}`).toMatchObject({ ok: true });
    }
  });
});
