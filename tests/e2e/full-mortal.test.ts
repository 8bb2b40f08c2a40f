import { describe } from 'vitest';
import { startFullMortalSite } from './full-mortal-site.ts';
import { long } from './long.ts';
import { largeUploadContract } from './page/large-upload.contract.ts';
import { restartContract } from './page/restart.contract.ts';

const NAME = 'real servers';

describe.runIf(long)('a master that dies', () => {
  restartContract(NAME, startFullMortalSite);
  largeUploadContract(NAME, startFullMortalSite);
});
