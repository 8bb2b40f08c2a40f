import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createInProcessBroker } from '@tessera/queue/in-process';
import { AppError, createMetrics, parseConfig, silentLogger } from '@tessera/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tracedBroker } from './ports/traced-broker.ts';
import { watchCalls } from './ports/watch-calls.ts';
import { startTracing } from './start-tracing.ts';
import { telemetryConfigShape } from './telemetry-config.ts';
import { SpanReceiver, type SentSpan } from './testing/span-receiver.ts';
import { submitSpan, uploadSpan } from './trace-ids.ts';
import { parseTraceparent } from './traceparent.ts';
import type { Tracing } from './tracing.ts';

const SERVICE = { name: 'tessera', version: '1.0.0', instance: 'here' };
const UPLOAD = uploadSpan('an image');
const SUBMIT = submitSpan('an image', 'a job');

describe('tracing', () => {
  let receiver: SpanReceiver;
  let tracing: Tracing;
  let metrics: ReturnType<typeof createMetrics>;

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<Tracing> => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: await receiver.start(), ...more };
    metrics = createMetrics();
    const config = parseConfig(telemetryConfigShape, environment);
    return startTracing(config, SERVICE, { logger: silentLogger(), metrics });
  };
  /** What was sent, by name. */
  const sent = async (): Promise<Readonly<Record<string, SentSpan>>> => {
    await tracing.close();
    return Object.fromEntries(receiver.spans.map((span) => [span.name, span]));
  };

  beforeEach(() => {
    receiver = new SpanReceiver();
  });
  afterEach(() => receiver.stop());

  it('puts a span below the one under way, and fails both by the code of an error', async () => {
    tracing = await start({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer a=b, x-other=1' });
    const work = tracing.span('outer', {}, () =>
      tracing.span('inner', {}, () => Promise.reject(new AppError('SCRATCH_FULL'))),
    );
    await expect(work).rejects.toMatchObject({ code: 'SCRATCH_FULL' });
    const { outer, inner } = await sent();
    expect(inner).toMatchObject({ parentSpanId: outer?.spanId, traceId: outer?.traceId, status: { code: 2 } });
    expect(JSON.stringify(outer)).toContain('SCRATCH_FULL');
    expect(receiver.authorizations).toContain('Bearer a=b');
  });

  it('gives a request the trace of what it is first about', async () => {
    tracing = await start();
    const client = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const request = tracing.beginRequest({ links: [client, 'nonsense'] });
    await tracing.within(request, async () => {
      expect(tracing.current?.traceparent).toBeUndefined();
      tracing.begin('submit', { identity: SUBMIT, parent: UPLOAD, cause: tracing.current }).end();
      tracing.begin('other', { identity: submitSpan('other', 'x'), cause: tracing.current }).end();
      await Promise.resolve();
    });
    request.rename('POST /jobs');
    request.end();
    const { submit, other, 'POST /jobs': post } = await sent();
    const upload = parseTraceparent(UPLOAD);
    expect(post).toMatchObject({ traceId: upload?.traceId, parentSpanId: upload?.spanId });
    expect(post?.links).toHaveLength(1);
    expect(submit).toMatchObject({ spanId: parseTraceparent(SUBMIT)?.spanId, parentSpanId: post?.spanId });
    // Of another trace: linked to the request, and below nothing of it.
    expect(other?.traceId).not.toBe(post?.traceId);
    expect(other?.links).toMatchObject([{ spanId: post?.spanId }]);
  });

  it('keeps or drops a trace by its id alone', async () => {
    tracing = await start({ OTEL_TRACES_SAMPLER_ARG: '0.5' });
    const images = Array.from({ length: 200 }, (_, index) => `image ${index}`);
    for (const image of images) {
      tracing.begin(`upload ${image}`, { identity: uploadSpan(image) }).end();
      tracing.begin(`task ${image}`, { parent: submitSpan(image, 'job') }).end();
    }
    const spans = Object.keys(await sent());
    expect(spans.length).toBeGreaterThan(120);
    expect(spans.length).toBeLessThan(280);
    for (const image of images) expect(spans.includes(`upload ${image}`)).toBe(spans.includes(`task ${image}`));
  });

  it('carries the trace in messages, also within one process', async () => {
    tracing = await start();
    const broker = tracedBroker(createInProcessBroker(), tracing, { system: 'in_process' });
    const done = Promise.withResolvers<unknown>();
    await broker.consume('events', { prefetch: 1 }, (delivery) => {
      delivery.ack();
      done.resolve(tracing.current?.traceparent);
    });
    await tracing.span('task', { parent: SUBMIT }, () => broker.publish('events', { any: 1 }, { messageId: 'a' }));
    await done.promise;
    await broker.close();
    const { task, event, 'publish events': publish } = await sent();
    expect(task).toMatchObject({ traceId: parseTraceparent(SUBMIT)?.traceId });
    expect(publish).toMatchObject({ parentSpanId: task?.spanId });
    expect(event).toMatchObject({ parentSpanId: publish?.spanId, traceId: task?.traceId });
  });

  it('carries the trace into inboxes', async () => {
    tracing = await start();
    const broker = tracedBroker(createInProcessBroker(), tracing, { system: 'in_process', executor: 'one' });
    const done = Promise.withResolvers<string | undefined>();
    const { address = '' } = await broker.openInbox({ prefetch: 1 }, (delivery) => {
      delivery.ack();
      done.resolve(delivery.traceparent);
    });
    await broker.send(address, { any: 1 }, { messageId: 'a' });
    const header = parseTraceparent((await done.promise) ?? '');
    await broker.close();
    const { 'publish tasks': publish, 'process tasks': received } = await sent();
    expect(publish).toMatchObject({ spanId: header?.spanId, traceId: header?.traceId });
    expect(received).toMatchObject({ parentSpanId: publish?.spanId });
  });

  it('counts spans that the receiver does not take, and troubles nobody', async () => {
    tracing = await start();
    receiver.status = 400;
    tracing.begin('lost').end();
    await tracing.close();
    const text = await metrics.registry.metrics();
    expect(text).toContain('tessera_trace_spans_total{outcome="failed"} 1');
  });

  it('counts failures of a port by code, ordinary answers aside', async () => {
    tracing = await start();
    const answers = vi.fn<(code: 'NOT_FOUND' | 'STORE_UNAVAILABLE') => Promise<void>>();
    answers.mockImplementation((code) => Promise.reject(new AppError(code)));
    const port = { name: 'p', figures: 'p', what: 'p', calls: ['answers'], buckets: [1], kind: 'client' } as const;
    const watched = watchCalls({ answers }, port, { metrics, tracing });
    await expect(watched.answers('NOT_FOUND')).rejects.toThrow();
    await expect(watched.answers('STORE_UNAVAILABLE')).rejects.toThrow();
    const text = await metrics.registry.metrics();
    expect(text).toContain('tessera_p_seconds_count{call="answers"} 2');
    expect(text.match(/^tessera_p_failures_total.*/gm)).toEqual([
      'tessera_p_failures_total{call="answers",code="STORE_UNAVAILABLE"} 1',
    ]);
    // Outside of any trace there is nothing to hang a span to.
    expect(await sent()).toEqual({});
  });
});

it('loads nothing to trace with, and wraps no broker, where tracing is off', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { startTracing, tracedBroker } = await import('@tessera/telemetry');
    const tracing = await startTracing({ OTEL_TRACES_SAMPLER_ARG: 1 }, {}, {});
    const broker = {};
    console.log(JSON.stringify([tracing.on, tracedBroker(broker, tracing, {}) === broker,
      loaded.filter((url) => /@opentelemetry\\/(?!api\\/)/.test(url))]));
  `;
  const cwd = new URL('.', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd });
  expect(JSON.parse(stdout)).toEqual([false, true, []]);
});

it.each(['http://[', 'ftp://x', 'collector:4318'])('refuses %s as a receiver', (OTEL_EXPORTER_OTLP_ENDPOINT) => {
  expect(() => parseConfig(telemetryConfigShape, { OTEL_EXPORTER_OTLP_ENDPOINT })).toThrow('http');
});
