import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runTests } from './test-run.mjs';

const test = (status, fullName = 'does it') => ({ status, fullName });
const report = (numPassedTests, numFailedTests, ...testResults) => ({ numPassedTests, numFailedTests, testResults });

describe('runTests', () => {
  let folder;
  let said;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-test-run-'));
    said = [];
    vi.spyOn(console, 'log').mockImplementation((line) => said.push(line));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  /** Stands in for vitest: each run notes its arguments, writes the next report, if any, and ends with its code. */
  const run = async (args, ...runs) => {
    const program = `#!${process.execPath}
      const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
      const runs = ${JSON.stringify(runs)};
      const turn = existsSync('calls') ? readFileSync('calls', 'utf8').trim().split('\\n').length : 0;
      const args = process.argv.slice(2);
      appendFileSync('calls', args.filter((arg) => !arg.startsWith('--')).join(' ') + '\\n');
      const file = args.find((arg) => arg.startsWith('--outputFile.json=')).slice('--outputFile.json='.length);
      if (runs[turn].report) writeFileSync(file, JSON.stringify(runs[turn].report));
      process.exit(runs[turn].code);`;
    await writeFile(join(folder, 'vitest'), program);
    await chmod(join(folder, 'vitest'), 0o755);
    const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) };
    const code = await runTests(args, { cwd: folder, env });
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
    return { code, calls, line: said.at(-1) };
  };
  const file = (name, ...assertionResults) => ({
    name: join(folder, name),
    status: assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
    assertionResults,
  });

  it.each([
    ['passed tests', { code: 0, report: report(3, 0) }, '\n3 passed, 0 failed'],
    ['failed tests', { code: 1, report: report(1, 2) }, '\n1 passed, 2 failed'],
    ['an error outside of tests', { code: 1, report: report(4, 0) }, '\n4 passed, 1 failed'],
    ['no report', { code: 1 }, '\n0 passed, 1 failed'],
  ])('counts %s', async (_, only, line) => {
    expect(await run(['packages/codec'], only)).toEqual({ code: only.code, calls: ['run packages/codec'], line });
  });

  it('runs what failed once more, and names it', async () => {
    const unloaded = { name: join(folder, 'b.test.ts'), status: 'failed', assertionResults: [] };
    const first = report(
      5,
      1,
      file('a.test.ts', test('passed'), test('failed')),
      file('c.test.ts', test('passed')),
      unloaded,
    );
    const again = report(4, 0, file('a.test.ts', test('passed')), file('b.test.ts', test('passed')));
    expect(await run([], { code: 1, report: first }, { code: 0, report: again })).toEqual({
      code: 0,
      calls: ['run', 'run a.test.ts b.test.ts'],
      line: '\n8 passed, 0 failed',
    });
    expect(said).toContain('  a.test.ts > does it');
    expect(said).toContain('  b.test.ts > (the file)');
  });

  it('fails where a test fails twice', async () => {
    const failed = report(1, 1, file('a.test.ts', test('failed')));
    const ended = await run([], { code: 1, report: failed }, { code: 1, report: report(0, 1) });
    expect(ended).toMatchObject({ code: 1, line: '\n1 passed, 1 failed' });
  });

  it('runs nothing again where much fails', async () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => file(`${name}.test.ts`, test('failed')));
    expect((await run([], { code: 1, report: report(9, 5, ...files) })).calls).toEqual(['run']);
  });
});
