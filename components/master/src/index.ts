export type { CatalogueMembers } from './catalogue/exchange/members.ts';
export { masterConfigShape, masterWorkShape, type MasterConfig } from './config.ts';
export type { MasterDeps } from './deps.ts';
export type { UrlAccess } from '@tessera/runtime/outbound';
export { readCosts } from './jobs/read-costs.ts';
export { createMaster, type Master } from './master.ts';
export type { StacEndpoint } from './mosaics/stac-endpoints.ts';
export { openApiDocument } from './openapi/document.ts';
