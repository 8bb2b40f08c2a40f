import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { loadPatiently } from '../api/load-patiently.ts';
import { readBatchSearch } from '../features/batch/batch-search.ts';
import { readHistorySearch } from '../features/history/history-search.ts';
import { readWorkSearch } from '../features/pipeline/draft-search.ts';
import { Broken } from './broken.tsx';
import { readOpsSearch, readWebhookSearch } from '../features/ops/ops-search.ts';
import { readJobSearch } from './job-search.ts';
import { NotFound } from './not-found.tsx';
import type { Parts } from './parts.ts';
import { Shell } from './shell.tsx';

const root = createRootRouteWithContext<Parts>()({ component: Shell, notFoundComponent: () => <NotFound /> });

/** Every page by its address; each is fetched when it is first gone to. */
const pages = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    validateSearch: readWorkSearch,
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/work-page.tsx')), 'WorkPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/jobs/$job',
    validateSearch: readJobSearch,
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/job-page.tsx')), 'JobPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/w/$batch',
    validateSearch: readBatchSearch,
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/batch-page.tsx')), 'BatchPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/history',
    validateSearch: readHistorySearch,
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/history-page.tsx')), 'HistoryPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/map',
    // Read by the page itself, which no first visit fetches.
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
    component: lazyRouteComponent(() => import('../pages/map-page.tsx'), 'MapPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/pipelines',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/pipelines-page.tsx')), 'PipelinesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/pipelines/$pipeline',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/pipeline-page.tsx')), 'PipelinePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/help',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/help-page.tsx')), 'HelpPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops',
    validateSearch: readOpsSearch,
    component: lazyRouteComponent(
      () => loadPatiently(() => import('../pages/ops-overview-page.tsx')),
      'OpsOverviewPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/executors',
    component: lazyRouteComponent(
      () => loadPatiently(() => import('../pages/ops-executors-page.tsx')),
      'OpsExecutorsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/executors/$executor',
    component: lazyRouteComponent(
      () => loadPatiently(() => import('../pages/ops-executor-page.tsx')),
      'OpsExecutorPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/queues',
    validateSearch: readOpsSearch,
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/ops-queues-page.tsx')), 'OpsQueuesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/dead',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/ops-dead-page.tsx')), 'OpsDeadPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/dead/$group',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/ops-dead-page.tsx')), 'OpsDeadPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/redrives/$redrive',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/ops-redrive-page.tsx')), 'OpsRedrivePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/webhooks',
    validateSearch: readWebhookSearch,
    component: lazyRouteComponent(() => import('../pages/ops-webhooks-page.tsx'), 'OpsWebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ops/storage',
    component: lazyRouteComponent(() => loadPatiently(() => import('../pages/ops-storage-page.tsx')), 'OpsStoragePage'),
  }),
] as const;

export function createPages(parts: Parts) {
  return createRouter({
    routeTree: root.addChildren(pages),
    context: parts,
    defaultPreload: 'intent',
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
