import { createServer, type Server } from 'node:http';
import type { Metrics } from '@tessera/runtime';

/** Listens for scrapers and probes: `/metrics` is Prometheus text, `/healthz` answers while the process lives. */
export async function serveMetrics(metrics: Metrics, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return response.end('ok\n');
    if (request.url !== '/metrics') return response.writeHead(404).end();
    void metrics.registry.metrics().then((text) => {
      response.setHeader('content-type', metrics.registry.contentType);
      response.end(text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
