import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobDto, TaskChange } from '@tessera/contracts';
import type { Site } from '../site.contract.ts';
import type { ScriptedJob } from './scripted-job.ts';

/** A site before which a test stands: all calls go to it but those of one job, and the events are the test's. */
export interface ScriptedSite {
  readonly url: string;
  /** Pages that listen to events at the moment. */
  readonly listeners: () => number;
  /** Sends changes as a master does: each task, then the job. */
  readonly tell: (tasks: readonly TaskChange[], job: JobDto) => void;
  readonly close: () => Promise<void>;
}

export async function startScriptedSite(site: Pick<Site, 'url'>, job: ScriptedJob): Promise<ScriptedSite> {
  const streams = new Set<ServerResponse>();
  let sequence = 1_000_000;
  const path = `/api/v1/jobs/${job.dto.id}`;

  const answers: Readonly<Record<string, () => unknown>> = {
    [path]: () => job.dto,
    [`${path}/tasks`]: () => ({ tasks: job.tasks }),
    [`${path}/attempts`]: () => ({ attempts: job.attempts }),
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', site.url);
    const answer = answers[pathname];
    if (pathname === '/api/v1/events') listen(response);
    else if (answer) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()));
    } else pass(site.url, request, response);
  });
  const listen = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`id: ${String(sequence)}\n\n`);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    listeners: () => streams.size,
    tell: (tasks, dto) => {
      const events = [...tasks.map((task) => ['task', task] as const), ['job', dto] as const];
      const text = events
        .map(([name, data]) => `id: ${String((sequence += 1))}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
        .join('');
      for (const stream of streams) stream.write(text);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(url: string, request: IncomingMessage, response: ServerResponse): void {
  const { host } = new URL(url);
  const { headers, method } = request;
  // The site refuses calls that come from pages of another site: to it, this one is it.
  const own = { ...headers, host, ...(headers.origin === undefined ? {} : { origin: url }) };
  const onward = send(new URL(request.url ?? '/', url), { method, headers: own }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
