import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_COSTS } from '@tessera/imaging';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCosts } from './read-costs.ts';

describe('the table of costs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-costs-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is that of the program where no file is given', async () => {
    expect(await readCosts(undefined)).toBe(DEFAULT_COSTS);
  });

  it('is what a file tells', async () => {
    const file = join(folder, 'costs.json');
    await writeFile(file, JSON.stringify({ decode: { jpeg: 3 }, encode: {}, operation: {}, task: 20 }));
    expect(await readCosts(file)).toMatchObject({ decode: { ...DEFAULT_COSTS.decode, jpeg: 3 }, task: 20 });
  });

  it.each(['no JSON', '{"decode":{"jpeg":"slow"},"encode":{},"operation":{}}'])('is not %s', async (text) => {
    const file = join(folder, 'costs.json');
    await writeFile(file, text);
    await expect(readCosts(file)).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  });

  it('has to be there', async () => {
    await expect(readCosts(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  });
});
