import { runExecutor } from './run-executor.ts';

await runExecutor();
