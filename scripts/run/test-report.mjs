import { existsSync, readFileSync } from 'node:fs';

/** What vitest's JSON reporter wrote, or `undefined` where it wrote nothing: it did not come to an end. */
export function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Files that failed, with a line for each test that did; one that could not be loaded, or whose process ended, has none. */
export function failedFiles(report) {
  return report.testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => ({
      name,
      passed: assertionResults.filter(({ status }) => status === 'passed').length,
      tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    }));
}

/**
 * Tests that passed and failed. A file that could not be loaded counts as one failed test, and so does a run that failed
 * without a failing test.
 *
 * @param {ReturnType<typeof readReport>} report
 * @param {number} exitCode of vitest
 */
export function countTests(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const unloaded = failedFiles(report).filter(({ tests }) => tests.length === 0);
  const failed = report.numFailedTests + unloaded.length;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
