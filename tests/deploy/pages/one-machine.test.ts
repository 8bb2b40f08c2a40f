import { afterAll, beforeAll, describe } from 'vitest';
import { dockerEngine, long } from '../engine/index.ts';
import { dataSteps } from './data-steps.ts';
import { dockerSteps, firstSight, storeSteps } from './docker-steps.ts';
import { OneMachine } from './one-machine.ts';
import type { PageBlock } from './page-block.ts';
import { proxySteps } from './proxy-steps.ts';
import { followPage } from './scene.ts';
import { visitorSteps } from './visitor-steps.ts';

describe.runIf(long)('one machine with docker, by the words of the pages', { timeout: 1_800_000 }, () => {
  let machine: OneMachine;
  const place = (): OneMachine => machine;
  const run = (block: PageBlock): Promise<string> => machine.run(block);
  const proxies = proxySteps(place);
  beforeAll(async () => {
    machine = await OneMachine.boot(await dockerEngine());
  }, 1_200_000);
  afterAll(() => machine.remove());

  followPage('README.md', 'site', run, firstSight(place));
  followPage('docs/operator/docker.md', 'site', run, dockerSteps(place));
  followPage('README.md', 'visitor', run, visitorSteps(place));
  followPage('docs/operator/data.md', 'site', run, dataSteps(place));
  followPage('docs/operator/public-side.md', 'master.env', run, proxies.settings);
  followPage('docs/operator/public-side.md', 'nginx', run, proxies.nginx);
  followPage('docs/operator/public-side.md', 'caddy', run, proxies.caddy);
  followPage('docs/operator/machines.md', 'site', run);
  followPage('docs/operator/docker.md', 'store', run, storeSteps(place));
});
