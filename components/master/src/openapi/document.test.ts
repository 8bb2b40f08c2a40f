import { OPERATIONS } from '@tessera/contracts';
import { expect, test } from 'vitest';
import { ROUTES } from '../routes/index.ts';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './document.ts';

type Json = Readonly<Record<string, unknown>>;
const document = openApiDocument();
const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>;

test('it is always the same', () => {
  expect(openApiDocument()).toEqual(document);
});

test('every route is described, and nothing else', () => {
  const described = Object.entries(paths).flatMap(([path, calls]) =>
    Object.keys(calls).map((method) => `${method} ${path}`),
  );
  const routed = Object.values(ROUTES).map(({ method, path }) => `${method} ${path.replaceAll(/[:*](\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual(routed.sort());
});

test('every reference leads somewhere', () => {
  const schemas = (document.components as Json).schemas as Json;
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1],
  );
  expect(references.length).toBeGreaterThan(20);
  for (const name of references) expect(Object.keys(schemas)).toContain(name);
});

test('every call tells its errors by status and names their codes', () => {
  const upload = paths['/api/v1/images']?.post?.responses as Readonly<Record<string, { description: string }>>;
  expect(Object.keys(upload)).toEqual(['201', '400', '408', '413', '415', '422', '429', '500', '503']);
  expect(upload['422']?.description).toContain('TOO_MANY_PIXELS');
});

test('the body of a job names every operation, and what has a default may be left out', () => {
  const body = JSON.stringify(paths['/api/v1/jobs']?.post?.requestBody);
  for (const { op } of OPERATIONS) expect(body).toContain(`"const":"${op}"`);
  expect(body).toContain('"required":["images","pipeline","output"]');
});

test('the page shows every call, runs nothing and loads nothing', () => {
  const page = docsPage(document);
  for (const { method, path } of Object.values(ROUTES)) {
    expect(page).toContain(`<span class="method ${method}">`);
    expect(page).toContain(path.replaceAll(/[:*](\w+)/g, '{$1}'));
  }
  expect(page).not.toMatch(/<script|<link|src=|https?:\/\//);
});

test('texts of the document can not become HTML', () => {
  const page = docsPage({
    info: { title: '<b>"&', description: '`<i>`' },
    paths: { '/<u>': { get: { summary: '<s>' } } },
  });
  expect(page).toContain('&lt;b&gt;&quot;&amp; API');
  expect(page).toContain('<code>&lt;i&gt;</code>');
  expect(page).not.toMatch(/<(b|i|u|s)>/);
});
