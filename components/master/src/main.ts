import { runMaster } from './run-master.ts';

await runMaster();
