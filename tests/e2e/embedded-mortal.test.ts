import { describe } from 'vitest';
import { startEmbeddedProcess } from './embedded-process.ts';
import { long } from './long.ts';
import { largeUploadContract } from './page/large-upload.contract.ts';
import { restartContract } from './page/restart.contract.ts';

describe.runIf(long)('a site that dies', () => {
  restartContract('embedded', startEmbeddedProcess);
  largeUploadContract('embedded', startEmbeddedProcess);
});
