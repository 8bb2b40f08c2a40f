import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { attemptCases } from './contract/attempt-cases.ts';
import { areaLaw } from './contract/area-law.ts';
import { catalogueCases } from './contract/catalogue-cases.ts';
import { changeCases } from './contract/change-cases.ts';
import { claimCases } from './contract/claim-cases.ts';
import { cancelCases } from './contract/cancel-cases.ts';
import { eventCases } from './contract/event-cases.ts';
import { returnCases } from './contract/return-cases.ts';
import { jobCases } from './contract/job-cases.ts';
import { empty, type StorePlace } from './contract/job-fixture.ts';
import { modelCases } from './contract/model-cases.ts';
import { pipelineCases } from './contract/pipeline-cases.ts';
import { opsCases } from './contract/ops-cases.ts';
import { planCases } from './contract/plan-cases.ts';
import { redriveCases } from './contract/redrive-cases.ts';
import { retentionCases } from './contract/retention-cases.ts';
import { strategyCases } from './contract/strategy-cases.ts';
import { retentionModel } from './contract/retention-model.ts';
import { searchCases } from './contract/search-cases.ts';
import { uploadCases } from './contract/upload-cases.ts';
import { webhookCases } from './contract/webhook-cases.ts';

/** What every job store has to do. `make` opens one for the whole suite; its tables are emptied before each test. */
export function jobStoreContract(name: string, make: () => Promise<StorePlace>): void {
  describe(`${name} keeps the job store contract`, () => {
    let opened: StorePlace;
    beforeAll(async () => {
      opened = await make();
    });
    beforeEach(async () => {
      await empty(opened.database);
    });
    afterAll(async () => {
      await opened.close();
    });
    const place = (): StorePlace => opened;
    jobCases(place);
    eventCases(place);
    returnCases(place);
    cancelCases(place);
    claimCases(place);
    strategyCases(place);
    changeCases(place);
    attemptCases(place);
    retentionCases(place);
    searchCases(place);
    pipelineCases(place);
    opsCases(place);
    planCases(place);
    redriveCases(place);
    uploadCases(place);
    webhookCases(place);
    catalogueCases(place);
    areaLaw(place);
    modelCases(place);
    retentionModel(place);
  });
}
