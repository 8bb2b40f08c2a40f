import { MAX_SAVED_PIPELINES, type SavedPipelineDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts);
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

const PATH = '/api/v1/pipelines';
const EDGES = {
  name: '  Edges – حواف  ',
  pipeline: [{ op: 'gaussian-blur', params: { ksize: 5 } }, { op: 'canny' }],
  output: { format: 'png' },
};
const visit = () => new TestClient(site.url);
const namesOf = async (client: TestClient) =>
  (await client.json<{ pipelines: SavedPipelineDto[] }>(PATH)).body.pipelines.map(({ name }) => name);
const save = (client: TestClient, name = EDGES.name) => client.post<SavedPipelineDto>(PATH, { ...EDGES, name });
const change = (client: TestClient, id: string, body: unknown) =>
  client.json<SavedPipelineDto & { error?: { code: string } }>(`${PATH}/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a pipeline is kept with its defaults filled in, and listed to its visitor only', async () => {
  const [ann, ben] = [visit(), visit()];
  const { status, body } = await save(ann);
  expect(status).toBe(201);
  expect(body).toMatchObject({ name: 'Edges – حواف', own: true, output: { format: 'png' } });
  expect(body.id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(body.pipeline[0]).toEqual({ op: 'gaussian-blur', params: { ksize: 5, sigma: 0 } });
  expect(await namesOf(ann)).toEqual(['Edges – حواف']);
  expect(await namesOf(ben)).toEqual([]);
});

test('whoever is given the link may look, not change', async () => {
  const [ann, ben] = [visit(), visit()];
  const { id } = (await save(ann)).body;
  const seen = await ben.json<SavedPipelineDto>(`${PATH}/${id}`);
  expect(seen).toMatchObject({ status: 200, body: { id, own: false } });
  expect(seen.body).not.toHaveProperty('visitor');
  expect(await change(ben, id, { name: 'mine' })).toMatchObject({
    status: 403,
    body: { error: { code: 'FORBIDDEN' } },
  });
  expect((await ben.fetch(`${PATH}/${id}`, { method: 'DELETE' })).status).toBe(403);
  expect(await namesOf(ann)).toEqual(['Edges – حواف']);
});

test('a pipeline is renamed, replaced and forgotten', async () => {
  const ann = visit();
  const { id } = (await save(ann)).body;
  await save(ann, 'later');
  expect((await change(ann, id, { name: 'first again' })).body).toMatchObject({ name: 'first again' });
  expect(await namesOf(ann)).toEqual(['first again', 'later']);
  const replaced = await change(ann, id, { pipeline: [{ op: 'invert' }], output: { format: 'avif', quality: 40 } });
  expect(replaced.body).toMatchObject({ name: 'first again', pipeline: [{ op: 'invert' }], output: { quality: 40 } });
  expect((await ann.fetch(`${PATH}/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await ann.json(`${PATH}/${id}`)).status).toBe(404);
  expect((await change(ann, id, { name: 'gone' })).status).toBe(404);
});

test.each([
  { ...EDGES, name: '' },
  { ...EDGES, name: '   ' },
  { ...EDGES, name: 'x'.repeat(81) },
  { ...EDGES, pipeline: [{ op: 'constructor' }] },
  { ...EDGES, pipeline: Array.from({ length: 33 }, () => ({ op: 'invert' })) },
  { ...EDGES, output: { format: 'gif' } },
  { ...EDGES, visitor: 'another' },
])('%# is refused', async (body) => {
  const ann = visit();
  expect([400, 422]).toContain((await ann.post(PATH, body)).status);
  expect(await namesOf(ann)).toEqual([]);
});

test('a change has to change something', async () => {
  const ann = visit();
  const { id } = (await save(ann)).body;
  expect((await change(ann, id, {})).status).toBe(400);
});

test('a visitor keeps so many and no more', async () => {
  const ann = visit();
  for (let n = 0; n < MAX_SAVED_PIPELINES; n += 1) expect((await save(ann, String(n))).status).toBe(201);
  const refused = await ann.post(PATH, EDGES);
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'QUOTA_EXCEEDED' } } });
  expect(refused.body.error.message).toContain('Delete one');
});
