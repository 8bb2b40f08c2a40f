import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiFile } from './openapi.ts';
import { operatorDocs } from './operator-docs.ts';

it.each([...operatorDocs(), openApiFile()])('$path is what its generator writes', ({ path, content }) => {
  expect(readFileSync(path, 'utf8'), 'run `npm run docs`').toBe(content);
});
