import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CostTable } from '@tessera/imaging';
import * as prettier from 'prettier';

const FILE = fileURLToPath(new URL('../../packages/imaging/src/cost/default-costs.ts', import.meta.url));

/** Writes the table that the program comes with. */
export async function writeDefaultCosts(costs: CostTable): Promise<void> {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const source = `import type { CostTable } from './cost-table.ts';

/** Written by \`npm run calibrate -- --default\` on one thread of: ${model}. */
export const DEFAULT_COSTS: CostTable = ${JSON.stringify(costs)};
`;
  const options = await prettier.resolveConfig(FILE);
  await writeFile(FILE, await prettier.format(source, { ...options, filepath: FILE, quoteProps: 'as-needed' }));
}
