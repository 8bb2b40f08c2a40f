import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { loadPatiently } from '../api/load-patiently.ts';

/** A part of the page that is fetched when it is first shown, whenever the server can be reached. */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await loadPatiently(load) }));
}
