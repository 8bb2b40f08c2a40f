// Checks the import rules of .dependency-cruiser.cjs. dependency-cruiser finds "no violations" when it cannot read
// TypeScript and so sees no modules at all: seeing few is therefore an error.
import { execFileSync } from 'node:child_process';

const fewest = 50;
const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...process.argv.slice(2)];
let output;
try {
  output = execFileSync('depcruise', args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
} catch (error) {
  // Violations make its exit code the number of them; anything else is a failure to run.
  if (!error.stdout) throw error;
  output = error.stdout;
}
const { summary } = JSON.parse(output);
for (const { rule, from, to, comment } of summary.violations) {
  console.error(`${rule.name}: ${from} → ${to}${comment ? ` (${comment})` : ''}`);
}
const own = JSON.parse(output).modules.filter(({ source }) => /^(packages|components)\//.test(source)).length;
if (own < fewest) console.error(`Only ${own} modules of the project were seen: the rules were not checked.`);
process.exitCode = summary.violations.length > 0 || own < fewest ? 1 : 0;
