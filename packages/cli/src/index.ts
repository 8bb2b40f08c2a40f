export { runCli } from './program.ts';
export type { CliDeps, Engine } from './commands/deps.ts';
