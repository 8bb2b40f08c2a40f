import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { SiteClient } from '../cluster/site-client.ts';
import type { Site } from './site.contract.ts';

const photo = fileURLToPath(new URL('../../fixtures/photos/chelsea.png', import.meta.url));
const json = { 'content-type': 'application/json' };

/** What a visitor gets who knows the ids of another's work: to look at it, never to own it. */
export function strangersContract(site: () => Site): void {
  it('a visitor who tries another’s ids finds nothing in lists, and changes nothing', async () => {
    const [ann, eve] = [new SiteClient(site().url), new SiteClient(site().url)];
    const post = (client: SiteClient, path: string, body: unknown, method = 'POST') =>
      client.call(path, { method, headers: json, body: JSON.stringify(body) });
    const listed = async (client: SiteClient, query = ''): Promise<readonly string[]> =>
      (await client.json<{ jobs: JobDto[] }>(`/jobs${query}`)).jobs.map(({ id }) => id);
    const bytes = await readFile(photo);
    const image = await ann.upload(bytes, 'secret.png');
    const wish = { pipeline: [{ op: 'invert' }], output: { format: 'png' } };
    const submitted = await post(ann, '/jobs', { ...wish, images: [image, image] });
    const { jobs, batch } = (await submitted.json()) as { jobs: JobDto[]; batch: string };
    for (const { id } of jobs) await ann.ended(id);
    const ids = jobs.map(({ id }) => id);
    const kept = (await (await post(ann, '/pipelines', { name: 'secret', ...wish })).json()) as { id: string };
    const begun = await ann.call('/uploads', {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': '1000',
        'upload-metadata': `filename ${btoa('secret.png')}`,
      },
    });
    expect(begun.status).toBe(201);
    const upload = new URL(begun.headers.get('location') ?? '', site().url).pathname.replace('/api/v1', '');

    // Her own work is all that her lists hold, by whatever she asks for.
    const own = await eve.submit(await eve.upload(bytes, 'own.png'), wish);
    await eve.ended(own.id);
    const next = (await ann.json<{ next?: string }>('/jobs?limit=1')).next ?? '';
    expect(await listed(eve)).toEqual([own.id]);
    for (const query of [`?batch=${batch}`, '?q=secret', `?before=${encodeURIComponent(next)}`]) {
      expect([query, (await listed(eve, query)).filter((id) => ids.includes(id))]).toEqual([query, []]);
    }
    expect((await eve.json<{ pipelines: unknown[] }>('/pipelines')).pipelines).toEqual([]);

    // What she would change stays as it is.
    const forgotten = await post(eve, '/jobs/forget', { jobs: [...ids, own.id] });
    expect(await forgotten.json()).toEqual({ forgotten: [own.id] });
    const tus = { 'tus-resumable': '1.0.0' };
    const refused: readonly (readonly [string, string, RequestInit])[] = [
      ...ids.map((id) => [`/jobs/${id}?forget=true`, 'DELETE', {}] as const),
      [`/pipelines/${kept.id}`, 'DELETE', {}],
      [`/pipelines/${kept.id}`, 'PATCH', { headers: json, body: JSON.stringify({ name: 'hers' }) }],
      [`/jobs/${ids[0] ?? ''}/deliveries`, 'GET', {}],
      ['/jobs', 'POST', { headers: json, body: JSON.stringify({ ...wish, images: [image], batch }) }],
      [upload, 'HEAD', { headers: tus }],
      [upload, 'DELETE', { headers: tus }],
      [
        upload,
        'PATCH',
        { headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: 'x' },
      ],
    ];
    for (const [path, method, init] of refused) {
      const { status } = await eve.call(path, { ...init, method });
      expect([method, path, [403, 404].includes(status), status]).toEqual([method, path, true, status]);
    }

    expect((await listed(ann)).toSorted()).toEqual(ids.toSorted());
    expect((await ann.json<{ pipelines: { name: string }[] }>('/pipelines')).pipelines).toMatchObject([
      { name: 'secret' },
    ]);
    const offset = await ann.call(upload, { method: 'HEAD', headers: tus });
    expect([offset.status, offset.headers.get('upload-offset')]).toEqual([200, '0']);
    // Ids are capabilities: a link shows what it leads to.
    expect((await eve.call(`/jobs/${ids[0] ?? ''}/result`)).status).toBe(200);
  });
}
