import { flag, integer } from '@tessera/runtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderEnvExample } from './env-example.ts';
import { renderOperatorTable } from './operator-table.ts';
import { replaceSection } from './replace-section.ts';
import { collectVariables } from './variables.ts';

const port = integer({ min: 0, max: 65_535, default: 8080 }).describe('Port to listen on.');
const variables = collectVariables({
  small: {
    PORT: port,
    SECRET: z.string().min(32).optional().describe('Signs cookies; default: made at the first start.'),
    OPEN: flag(false).describe('Answer to anybody.'),
  },
  large: {
    PORT: port,
    SECRET: z.string().min(32).describe('Signs cookies.'),
    LIMIT: integer({ min: 1, default: 5 }).describe('Jobs | tasks.'),
    LEVEL: z.enum(['low', 'high']).default('low').describe('Level.'),
    TOKEN: z.string().optional().describe('Token.'),
  },
});

describe('collectVariables', () => {
  it('joins what forms read alike and keeps apart what they read differently', () => {
    expect(variables.map(({ name, forms }) => [name, ...forms])).toEqual([
      ['PORT', 'small', 'large'],
      ['SECRET', 'small'],
      ['SECRET', 'large'],
      ['OPEN', 'small'],
      ['LIMIT', 'large'],
      ['LEVEL', 'large'],
      ['TOKEN', 'large'],
    ]);
  });

  it('refuses a variable without a description', () => {
    expect(() => collectVariables({ small: { PORT: z.string() } })).toThrow('PORT of the small has no description');
  });
});

it('renders a table', () => {
  expect(renderOperatorTable(variables)).toBe(
    [
      '| Variable | Read by | Default | Values | Meaning |',
      '| --- | --- | --- | --- | --- |',
      '| `PORT` | small, large | `8080` | 0 to 65535 | Port to listen on. |',
      '| `SECRET` | small | made at the first start | 32 characters or more | Signs cookies. |',
      '| `SECRET` | large | **required** | 32 characters or more | Signs cookies. |',
      '| `OPEN` | small | `false` | true, false | Answer to anybody. |',
      '| `LIMIT` | large | `5` | 1 or more | Jobs \\| tasks. |',
      '| `LEVEL` | large | `low` | low, high | Level. |',
      '| `TOKEN` | large |  |  | Token. |',
    ].join('\n'),
  );
});

it('renders an example file that changes nothing as it stands', () => {
  const lines = renderEnvExample(variables).split('\n');
  expect(lines.every((line) => line === '' || line.startsWith('#'))).toBe(true);
  expect(lines).toContain('#PORT=8080');
  expect(lines).toContain('# [large] Signs cookies. (32 characters or more; required)');
  expect(lines.filter((line) => line === '#SECRET=')).toHaveLength(1);
});

it('replaces a section and leaves the rest', () => {
  const text = 'a\n<!-- generated: x -->\nold\n<!-- end: x -->\nb\n';
  const expected = 'a\n<!-- generated: x -->\n\nnew\n\n<!-- end: x -->\nb\n';
  expect(replaceSection(text, 'x', 'new')).toBe(expected);
  expect(replaceSection(expected, 'x', 'new')).toBe(expected);
  expect(() => replaceSection(text, 'y', 'new')).toThrow('no section');
});
