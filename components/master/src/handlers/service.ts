import { catalogue } from '@tessera/imaging/catalogue';
import type { Metrics } from '@tessera/runtime';
import type { ExecutorRegistry } from '../background/executor-registry.ts';
import type { Readiness } from '../background/readiness.ts';
import { openApiDocument } from '../openapi/document.ts';
import { docsPage } from '../openapi/docs-page.ts';
import type { HandlersOf } from './parts.ts';

export interface ServiceParts {
  readonly executors: ExecutorRegistry;
  readonly readiness: Readiness;
  readonly stopping: () => boolean;
  readonly metrics: Metrics;
}

type Ids = 'listOperations' | 'listExecutors' | 'getHealth' | 'getReadiness' | 'getMetrics' | 'getOpenApi' | 'getDocs';

export function serviceHandlers(parts: ServiceParts): HandlersOf<Ids> {
  const operations = catalogue();
  const document = openApiDocument();
  const page = docsPage(document);
  return {
    listOperations: () => ({ operations: [...operations] }),
    listExecutors: () => ({ executors: [...parts.executors.list()] }),
    getHealth: () => ({ alive: true, draining: parts.stopping() }),
    async getReadiness({ response }) {
      const readiness = await parts.readiness();
      if (!readiness.ready) response.status(503).setHeader('Retry-After', '2');
      return readiness;
    },
    async getMetrics({ response }) {
      const text = await parts.metrics.registry.metrics();
      response.setHeader('Content-Type', parts.metrics.registry.contentType);
      response.end(text);
    },
    getOpenApi: () => document,
    getDocs({ response }) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(page);
    },
  };
}
