import type { UrlAccess } from './url-access.ts';

/** Where requests to addresses of visitors may go. */
export interface UrlLimits {
  readonly access: UrlAccess;
  readonly ports: readonly number[];
}
