import { readFileSync } from 'node:fs';
import { OPERATIONS } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { worksIn } from '../../plan/check-depth.ts';

it('is told in the README which operations compute in 8 bits only', () => {
  const readme = readFileSync(new URL('../../../../../README.md', import.meta.url), 'utf8');
  const told = /whatever the image has, [^.]*\.\s([^;]*) compute in 8 bits only;/.exec(readme)?.[1] ?? '';
  const names = [...told.matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name);
  const lacking = OPERATIONS.map(({ op }) => op).filter((op) => !worksIn({ op }, 16));
  expect(names.toSorted()).toEqual(lacking.toSorted());
});
