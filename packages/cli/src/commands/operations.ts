import type { OperationDto } from '@tessera/contracts';
import { catalogue } from '@tessera/imaging/catalogue';
import type { Command } from 'commander';
import { ApiClient } from '../api-client.ts';
import type { CliDeps } from './deps.ts';

/** `tessera operations`: the catalogue, for people or as JSON. */
export function addOperations(program: Command, deps: CliDeps): void {
  program
    .command('operations')
    .description('list the operations with their parameters')
    .option('--json', 'one JSON document on standard output', false)
    .option('--server <url>', 'a Tessera site; without it this version’s own')
    .action(async (flags: { json: boolean; server?: string }) => {
      const operations =
        flags.server === undefined ? catalogue() : await new ApiClient(flags.server).operations(deps.signal);
      deps.stdout.write(
        flags.json ? `${JSON.stringify({ operations }, undefined, 2)}\n` : operations.map(describe).join('\n'),
      );
    });
}

function describe({ op, title, description, params }: OperationDto): string {
  const properties = Object.entries(
    (params.properties ?? {}) as Record<string, { default?: unknown; description?: string }>,
  );
  const lines = properties.map(
    ([name, { default: fallback, description: words }]) => `    ${name}=${String(fallback)}  ${words ?? ''}`,
  );
  return [`${op}  ${title}`, `    ${description}`, ...lines, ''].join('\n');
}
