import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit, type Visit } from './browser.ts';
import { combineCases } from './combine-cases.ts';
import { depthCases } from './depth-cases.ts';
import { pointCases } from './point-cases.ts';
import { openSite } from './site.ts';
import { toneCases } from './tone-cases.ts';

/** The page of the test under way, and the address of its site. */
export interface FieldsPlace {
  readonly page: Page;
  readonly url: string;
}

/** Parameters that are more than a number: one site and one browser for all of them, a visitor for each. */
export function fieldsContract(name: string, startSite: () => Promise<Site>): void {
  describe(`parameters (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let visitor: Visit;

    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });
    beforeEach(async () => {
      visitor = await visit(browser, { locale: 'en' });
      await openSite(visitor.page, site.url);
    });
    afterEach(async () => {
      await visitor.context.close();
      expect(visitor.complaints).toEqual([]);
    });

    const place = (): FieldsPlace => ({ page: visitor.page, url: site.url });
    toneCases(place);
    pointCases(place);
    depthCases(place);
    if (long) combineCases(place);
  });
}
