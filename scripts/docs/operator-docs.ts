import { readFileSync } from 'node:fs';
import { executorConfigShape } from '../../components/executor/src/config.ts';
import { masterConfigShape } from '../../components/master/src/config.ts';
import { standaloneConfigShape } from '../../components/standalone/src/config.ts';
import { renderEnvExample } from './env-example.ts';
import { renderOperatorTable } from './operator-table.ts';
import { replaceSection } from './replace-section.ts';
import { collectVariables } from './variables.ts';
import type { GeneratedFile } from './write-generated.ts';

/** The configuration section of docs/operator.md and .env.example, from the schemas of all forms of the service. */
export function operatorDocs(): readonly GeneratedFile[] {
  const variables = collectVariables({
    standalone: standaloneConfigShape,
    master: masterConfigShape,
    executor: executorConfigShape,
  });
  const path = 'docs/operator.md';
  const text = readFileSync(path, 'utf8');
  return [
    { path, content: replaceSection(text, 'configuration', renderOperatorTable(variables)) },
    { path: '.env.example', content: renderEnvExample(variables) },
  ];
}
