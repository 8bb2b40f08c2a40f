import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { injectedNames } from './injected-names.ts';

it('follows relative imports, once each, and knows nothing of other files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-names-'));
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('a.test.ts', `import { b } from './b.ts';\nconst url = inject('first');`);
  await write('b.ts', `import './a.test.ts';\nexport { c } from './c.ts';\nexport const b = inject("second");`);
  await write('c.ts', `const later = await import('./missing.ts');\nexport const c = inject(\n  'third',\n);`);
  await write('d.test.ts', `inject('fourth')`);
  expect([...injectedNames([join(folder, 'a.test.ts')])].sort()).toEqual(['first', 'second', 'third']);
  await rm(folder, { recursive: true });
});
