import { existsSync, readFileSync } from 'node:fs';

/**
 * The line that ends a test run, alone: `N passed, N failed`. A file that could not be loaded counts as one failed test,
 * and so does a run that failed without a failing test.
 *
 * @param {string} file vitest's JSON report
 * @param {number} exitCode of vitest
 */
export function summarize(file, exitCode) {
  if (!existsSync(file)) return '0 passed, 1 failed';
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + unloaded.length;
  return `${report.numPassedTests} passed, ${failed === 0 && exitCode !== 0 ? 1 : failed} failed`;
}
