import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { flag, integer, number, parseConfig } from './config.ts';

const shape = {
  PORT: integer({ min: 1, max: 65_535, default: 8080 }),
  SHARE: number({ min: 0, max: 1, default: 0.5 }),
  OPEN: flag(false),
  SECRET: z.string().min(8).optional(),
};

describe('parseConfig', () => {
  it('fills defaults and treats empty as not given', () => {
    expect(parseConfig(shape, { PORT: '', OPEN: 'true' })).toEqual({ PORT: 8080, SHARE: 0.5, OPEN: true });
  });

  it('tells all problems at once, with the variables and without the values', () => {
    const run = () => parseConfig(shape, { PORT: '80x', SHARE: '2', OPEN: 'yes', SECRET: 'hunter2' });
    expect(run).toThrow(/PORT: [\s\S]*SHARE: [\s\S]*OPEN: [\s\S]*SECRET: /);
    expect(run).not.toThrow(/hunter2|80x/);
    expect(run).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
  });

  it('reads NAME from the file that NAME_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tessera-config-')), 'secret');
    writeFileSync(file, 'correct horse\n');
    expect(parseConfig(shape, { SECRET_FILE: file }).SECRET).toBe('correct horse');
    expect(() => parseConfig(shape, { SECRET_FILE: `${file}-not` })).toThrow(/SECRET_FILE/);
  });
});
