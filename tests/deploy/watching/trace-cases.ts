import { readFile } from 'node:fs/promises';
import { submitSpan, uploadSpan } from '@tessera/telemetry';
import { describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import type { ReceivedSpan } from './trace-receiver.ts';
import type { WatchedSite } from './watched-site.ts';

const CLIENT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** Traces of the full form; `site` gives the one of the present run. */
export function traceCases(site: () => WatchedSite): void {
  describe('traces', () => {
    const traceOf = (image: string): readonly ReceivedSpan[] => {
      const [, traceId] = uploadSpan(image).split('-');
      return site().receiver.spans.filter((span) => span.traceId === traceId);
    };
    /** Waits until the bar of the job has come, and everything that was sent before it by others. */
    const settled = async (image: string, jobs: number): Promise<readonly ReceivedSpan[]> => {
      const whole = (): boolean => {
        const spans = traceOf(image);
        const known = new Set(spans.map(({ spanId }) => spanId));
        return (
          spans.filter(({ name }) => name === 'job').length === jobs &&
          spans.every(({ parent }) => parent === undefined || known.has(parent)) &&
          spans.filter(({ name }) => name === 'publish events').length <=
            spans.filter(({ name }) => name.startsWith('event ')).length
        );
      };
      await waitUntil('the trace is whole', whole, { ms: 20_000 }).catch(() => undefined);
      return traceOf(image);
    };

    it('leads from the upload to the assembled file, over the broker and both executors', async () => {
      const client = new SiteClient(site().cluster.url);
      const bytes = await readFile('fixtures/photos/astronaut.png');
      const traceparent = `00-${CLIENT.traceId}-${CLIENT.spanId}-01`;
      const form = new FormData();
      form.append('image', new Blob([bytes]), 'secret-name.png');
      const uploaded = await client.json<{ images: { id: string }[] }>('/images', {
        method: 'POST',
        body: form,
        headers: { traceparent },
      });
      const image = uploaded.images[0]!.id;
      const pipeline = [
        { op: 'median', params: { ksize: 5 } },
        { op: 'canny' },
        { op: 'dilate', params: { ksize: 3 } },
      ];
      const job = await client.submit(image, { pipeline, output: { format: 'png' }, split: 'always' });
      expect((await client.ended(job.id)).state).toBe('done');

      const spans = await settled(image, 1);
      const named = (name: string | RegExp): ReceivedSpan[] =>
        spans.filter((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
      const byId = new Map(spans.map((span) => [span.spanId, span]));

      // One root, the request that uploaded; every other span's parent was received.
      expect(spans.filter(({ parent }) => parent === undefined).map(({ name }) => name)).toEqual([
        'POST /api/v1/images',
      ]);
      for (const { name, parent } of spans) {
        if (parent !== undefined) expect(byId.has(parent), `the parent of ${name}`).toBe(true);
      }
      // What the client traces is linked, and is not joined.
      expect(named('POST /api/v1/images')[0]).toMatchObject({ kind: 2, links: [CLIENT] });
      expect(named('upload').map(({ spanId }) => spanId)).toEqual([uploadSpan(image).split('-')[2]]);
      expect(named('submit job').map(({ spanId }) => spanId)).toEqual([submitSpan(image, job.id).split('-')[2]]);
      for (const name of ['image probe', 'image decode', 'objects put', 'objects compose', 'database insertJobs']) {
        expect(named(name).length, name).toBeGreaterThan(0);
      }

      // All tasks, each below its publish, which is below the submission; by both executors.
      const tasks = named(/^task /);
      const total = (await client.tasks(job.id)).length;
      expect(tasks).toHaveLength(total);
      expect(new Set(tasks.map(({ instance }) => instance)).size).toBe(2);
      expect(new Set(tasks.map(({ name }) => name))).toEqual(
        new Set(['task observe', 'task merge', 'task materialize', 'task render', 'task assemble']),
      );
      for (const task of tasks) {
        const publish = byId.get(task.parent!)!;
        expect(publish).toMatchObject({ name: 'publish tasks', kind: 4, service: 'tessera-master' });
        expect(byId.get(publish.parent!)?.name).toBe('submit job');
        expect(task).toMatchObject({ kind: 5, service: 'tessera-executor', failed: false });
        expect(task.facts).toMatchObject({ 'messaging.system': 'rabbitmq', 'tessera.attempt': 1 });
      }
      for (const name of ['task render', 'task observe']) {
        expect(named(name)[0]?.facts['tessera.region']).toMatch(/^\d+x\d+\+\d+\+\d+$/);
        expect(named(name)[0]?.facts['tessera.executor']).toMatch(/^executor-/);
      }
      // Kernels work within tasks, events come back below them.
      expect(named('kernel render').every((span) => byId.get(span.parent!)?.name === 'task render')).toBe(true);
      expect(named('event done')).toHaveLength(total);
      expect(named('event done').every((span) => span.service === 'tessera-master')).toBe(true);
      expect(named('database applyEvent').every((span) => byId.get(span.parent!)?.name.startsWith('event '))).toBe(
        true,
      );

      // The file is assembled last, and the job's bar spans everything from its submission to that.
      const assemble = named('task assemble')[0]!;
      for (const task of tasks) expect(task.start <= assemble.start).toBe(true);
      const [bar] = named('job');
      for (const task of tasks) expect(bar!.start <= task.start).toBe(true);
      expect(bar!.facts).toMatchObject({ 'tessera.job.state': 'done', 'tessera.job.tasks': total });

      // No capability, no name, no secret.
      for (const secret of [image, job.id, 'secret-name', 'sesame'])
        expect(site().receiver.received).not.toContain(secret);
      expect(site().receiver.headers['x-token']).toBe('sesame');
    });

    it('tells of errors by their code', async () => {
      const client = new SiteClient(site().cluster.url);
      const damaged = Buffer.from(await readFile('fixtures/photos/rocket.jpg')).fill(0, 200, 60_000);
      const answer = await client.call('/images', { method: 'POST', body: formOf(damaged) });
      if (answer.status === 201) {
        const { images } = (await answer.json()) as { images: { id: string }[] };
        const image = images[0]!.id;
        const job = await client.submit(image, { pipeline: [{ op: 'invert' }], output: { format: 'png' } });
        const { state, error } = await client.ended(job.id);
        expect(state).toBe('failed');
        const spans = await settled(image, 1);
        const failed = spans.filter((span) => span.failed);
        expect(failed.map(({ name }) => name)).toEqual(
          expect.arrayContaining(['image decode', 'task sequence', 'job']),
        );
        for (const span of failed) expect(span.facts['error.type']).toBe(error?.code);
      } else {
        const { error } = (await answer.json()) as { error: { code: string } };
        await waitUntil(
          'the refusal is traced',
          () =>
            site().receiver.spans.some(({ name, facts }) => name === 'upload' && facts['error.type'] === error.code),
          { ms: 20_000 },
        );
      }
    });
  });
}

function formOf(bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.append('image', new Blob([bytes]), 'damaged.jpg');
  return form;
}
