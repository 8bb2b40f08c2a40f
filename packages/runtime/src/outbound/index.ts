export { checkUrl, type CheckedUrl } from './check-url.ts';
export { GuardedFetch } from './guarded-fetch.ts';
export { inTime } from './in-time.ts';
export { outboundConfigShape, ports } from './outbound-config.ts';
export { pinnedAgent } from './pinned-agent.ts';
export { isPublicAddress } from './public-address.ts';
export { PUBLIC_ACCESS, WEB_PORTS, type UrlAccess } from './url-access.ts';
export type { UrlLimits } from './url-limits.ts';
