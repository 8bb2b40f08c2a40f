import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readHistorySearch } from '../features/history/history-search.ts';
import { Broken } from './broken.tsx';
import { readJobSearch } from './job-search.ts';
import { NotFound } from './not-found.tsx';
import type { Parts } from './parts.ts';
import { Shell } from './shell.tsx';

const root = createRootRouteWithContext<Parts>()({ component: Shell, notFoundComponent: NotFound });

/** Every page by its address; each is fetched when it is first gone to. */
const pages = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('../pages/work-page.tsx'), 'WorkPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/jobs/$job',
    validateSearch: readJobSearch,
    component: lazyRouteComponent(() => import('../pages/job-page.tsx'), 'JobPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/w/$batch',
    component: lazyRouteComponent(() => import('../pages/batch-page.tsx'), 'BatchPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/history',
    validateSearch: readHistorySearch,
    component: lazyRouteComponent(() => import('../pages/history-page.tsx'), 'HistoryPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/help',
    component: lazyRouteComponent(() => import('../pages/help-page.tsx'), 'HelpPage'),
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
