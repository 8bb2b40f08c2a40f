import { overviewRuleSchema, rasterCompressionSchema, type OverviewRule, type Strategy } from '@tessera/contracts';
import { Option, type Command } from 'commander';
import type { ProgressMode } from '../progress.ts';
import { whole } from './options.ts';

type Compression = (typeof rasterCompressionSchema.options)[number];

/** What every command that makes a product may be told. */
export interface ProductFlags {
  readonly output: string;
  readonly overwrite: boolean;
  readonly compression: Compression;
  readonly overviews?: OverviewRule;
  readonly name?: string;
  readonly strategy: Strategy;
  readonly reuse: boolean;
  readonly parallel: number;
  readonly progress?: ProgressMode;
  readonly json: boolean;
  readonly server?: string;
}

/** Adds the options of `ProductFlags` to a command. */
export function productOptions(command: Command): Command {
  return command
    .requiredOption('-o, --output <file>', 'the cloud-optimized GeoTIFF to write')
    .option('--overwrite', 'replace the file if it exists', false)
    .addOption(
      new Option('--compression <how>', 'compression of the file; jpeg loses something and is for 8-bit pictures')
        .choices(rasterCompressionSchema.options)
        .default('deflate'),
    )
    .addOption(
      new Option('--overviews <how>', 'how smaller copies are made; default: average, nearest for counts').choices(
        overviewRuleSchema.options,
      ),
    )
    .option('--name <name>', 'name of the product on the site')
    .addOption(
      new Option('--strategy <strategy>', 'who gets a task: whoever is free, or an executor drawn at random')
        .choices(['balanced', 'random'])
        .default('balanced'),
    )
    .option('--no-reuse', 'compute again even if an equal product is stored')
    .option('--parallel <n>', 'files that are sent at one time', whole(1, 64), 4)
    .addOption(new Option('--progress <how>', 'progress on standard error').choices(['bar', 'plain', 'json', 'none']))
    .option('--json', 'one JSON document on standard output, errors too', false)
    .option('--server <url>', 'a Tessera site; without it the work is done in this process');
}

/** The parts of a request that are the same for all products. */
export function requestFlags({ name, compression, overviews, strategy, reuse }: ProductFlags) {
  return {
    ...(name !== undefined && { name }),
    output: { compression, ...(overviews !== undefined && { overviews }) },
    strategy,
    reuse,
  };
}
