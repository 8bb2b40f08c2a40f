export { executorConfigShape, executorWorkShape, type ExecutorConfig, type ExecutorWorkConfig } from './config.ts';
export { createExecutor, type Executor, type ExecutorDeps } from './executor.ts';
export { scratchFolder } from './workshop.ts';
