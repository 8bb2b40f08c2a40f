import { afterAll, beforeAll } from 'vitest';
import { figureCases } from './figure-cases.ts';
import { traceCases } from './trace-cases.ts';
import { startWatchedSite, type WatchedSite } from './watched-site.ts';

let site: WatchedSite;
beforeAll(async () => {
  site = await startWatchedSite();
});
afterAll(() => site.stop());

figureCases(() => site);
traceCases(() => site);
