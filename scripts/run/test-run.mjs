import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runStep } from './step.mjs';
import { countTests, failedFiles, readReport } from './test-report.mjs';

/** Where more files fail than this the cause is no coincidence, and they are not run again. */
const MOST_AGAIN = 4;

/**
 * Runs vitest. Of a whole run a few files that failed are run once more at its end, when nothing else runs: on a machine
 * that starves a browser or a server comes too late now and then. What failed at first is named, for it is to be mended;
 * what fails twice fails.
 *
 * @param {readonly string[]} args for vitest; with any nothing is run again.
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} place
 * @returns {Promise<number>} the exit code. The last line says `N passed, N failed`.
 */
export async function runTests(args, place) {
  const first = await vitest('test-report', args, place);
  let { code } = first;
  const count = countTests(first.report, code);
  const failed = args.length > 0 || first.report === undefined ? [] : failedFiles(first.report);
  if (failed.length > 0 && failed.length <= MOST_AGAIN) {
    console.log('\nFailed, and run once more:');
    for (const { name, tests } of failed)
      for (const test of tests.length > 0 ? tests : ['(the file)'])
        console.log(`  ${relative(place.cwd, name)} > ${test}`);
    const second = await vitest(
      'test-report-again',
      failed.map(({ name }) => relative(place.cwd, name)),
      place,
    );
    code = second.code;
    const again = countTests(second.report, code);
    count.passed += again.passed - failed.reduce((sum, { passed }) => sum + passed, 0);
    count.failed = again.failed;
  }
  console.log(`\n${String(count.passed)} passed, ${String(count.failed)} failed`);
  return code;
}

/** @returns the exit code, and the report where there is one. */
async function vitest(name, args, place) {
  const file = join(place.cwd, `.cache/${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runStep(['vitest', 'run', ...reporters, ...args], place);
  return { code, report: readReport(file) };
}
